import { z } from 'zod';
import { displayName, text } from '../../../../../common/interface/validation/text.schema.js';
import { BIO_MAX } from '../../../domain/models/profile.model.js';
import { CIRCLES } from '../../../domain/models/user.model.js';

export const updateProfileSchema = z
  .strictObject({
    displayName: displayName.optional(),
    bio: text(0, BIO_MAX).nullable().optional().meta({ description: 'Null clears it.' }),
    presence: z.enum(CIRCLES).optional().meta({
      description:
        'Who sees whether you are online; `contacts` are the people to whom you have written in a direct conversation. You see only the presence of people who see yours.',
    }),
  })
  .refine(
    (change) => Object.values(change).some((value) => value !== undefined),
    'must have a displayName, a bio or a presence',
  )
  .meta({ id: 'UpdateProfile', examples: [{ displayName: 'Ada', bio: 'Counts on engines.' }] });

export type UpdateProfileDto = z.output<typeof updateProfileSchema>;
