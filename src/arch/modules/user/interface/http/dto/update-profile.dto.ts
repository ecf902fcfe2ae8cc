import { z } from 'zod';
import { displayName, text } from '../../../../../common/interface/validation/text.schema.js';
import { BIO_MAX } from '../../../domain/models/profile.model.js';
import { CIRCLES } from '../../../domain/models/user.model.js';

export const updateProfileSchema = z
  .strictObject({
    displayName: displayName.optional(),
    bio: text(0, BIO_MAX).nullable().optional().meta({ description: 'Null clears it.' }),
    addableBy: z.enum(CIRCLES).optional().meta({
      description:
        'Who may add you to a group, or open a direct conversation with you. `contacts`: people to whom you have written in a direct conversation.',
    }),
    presence: z.enum(CIRCLES).optional().meta({
      description:
        'Who sees whether you are online; `contacts` are the people to whom you have written in a direct conversation. You see only the presence of people who see yours.',
    }),
    readReceipts: z.boolean().optional().meta({
      description:
        'Whether others see how far you have read. When false, you do not see how far they have, either.',
    }),
  })
  .refine(
    (change) => Object.values(change).some((value) => value !== undefined),
    'must have a field to change',
  )
  .meta({ id: 'UpdateProfile', examples: [{ displayName: 'Ada', bio: 'Counts on engines.' }] });

export type UpdateProfileDto = z.output<typeof updateProfileSchema>;
