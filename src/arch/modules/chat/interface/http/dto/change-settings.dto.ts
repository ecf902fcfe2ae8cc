import { z } from 'zod';
import { name } from '../../../../../common/interface/validation/text.schema.js';
import { TITLE_MAX } from '../../../domain/models/conversation-settings.model.js';
import { circleSchema } from './changed-settings.dto.js';
import { newMetadataSchema } from './metadata.dto.js';

export const changeSettingsSchema = z
  .strictObject({
    title: name(TITLE_MAX).nullable().optional(),
    metadata: newMetadataSchema.nullable().optional(),
    adding: circleSchema.optional().meta({ description: 'Who may add members.' }),
  })
  // The domain checks that it changes something.
  .meta({ id: 'ChangeSettings', minProperties: 1, examples: [{ title: 'Discussion', adding: 'all' }] });

export type ChangeSettingsDto = z.output<typeof changeSettingsSchema>;
