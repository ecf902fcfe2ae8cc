import { z } from 'zod';
import { DISPLAY_NAME_MAX } from '../../../../../common/domain/profile.js';
import { text, visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { BIO_MAX } from '../../../domain/models/profile.model.js';

export const updateProfileSchema = z
  .strictObject({
    displayName: visibleText(DISPLAY_NAME_MAX).optional(),
    bio: text(0, BIO_MAX).nullable().optional().meta({ description: 'Null clears it.' }),
  })
  .refine(
    ({ displayName, bio }) => displayName !== undefined || bio !== undefined,
    'must have a displayName or a bio',
  )
  .meta({ id: 'UpdateProfile', examples: [{ displayName: 'Ada', bio: 'Counts on engines.' }] });

export type UpdateProfileDto = z.output<typeof updateProfileSchema>;
