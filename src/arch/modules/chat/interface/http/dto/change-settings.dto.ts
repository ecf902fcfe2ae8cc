import { z } from 'zod';
import { name } from '../../../../../common/interface/validation/text.schema.js';
import { SLOW_MODE_MAX, TITLE_MAX } from '../../../domain/models/conversation-settings.model.js';
import { circleSchema } from './changed-settings.dto.js';
import { newMetadataSchema } from './metadata.dto.js';

export const changeSettingsSchema = z
  .strictObject({
    title: name(TITLE_MAX).nullable().optional(),
    metadata: newMetadataSchema.nullable().optional(),
    posting: circleSchema.optional().meta({ description: 'Who may send messages.' }),
    adding: circleSchema.optional().meta({ description: 'Who may add members.' }),
    slowModeSeconds: z
      .int()
      .min(0)
      .max(SLOW_MODE_MAX)
      .optional()
      .meta({ description: 'Seconds between two messages of one member; 0 ends the slow mode.' }),
  })
  // The domain checks that it changes something.
  .meta({
    id: 'ChangeSettings',
    minProperties: 1,
    examples: [{ title: 'Discussion', adding: 'all', slowModeSeconds: 30 }],
  });

export type ChangeSettingsDto = z.output<typeof changeSettingsSchema>;
