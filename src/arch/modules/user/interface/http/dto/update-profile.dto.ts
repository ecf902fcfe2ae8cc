import { z } from 'zod';
import { displayName, text } from '../../../../../common/interface/validation/text.schema.js';
import { BIO_MAX } from '../../../domain/models/profile.model.js';

export const updateProfileSchema = z
  .strictObject({
    displayName: displayName.optional(),
    bio: text(0, BIO_MAX).nullable().optional().meta({ description: 'Null clears it.' }),
  })
  .refine(
    (change) => change.displayName !== undefined || change.bio !== undefined,
    'must have a displayName or a bio',
  )
  .meta({ id: 'UpdateProfile', examples: [{ displayName: 'Ada', bio: 'Counts on engines.' }] });

export type UpdateProfileDto = z.output<typeof updateProfileSchema>;
