import { z } from 'zod';
import {
  type ConversationSettings,
  SLOW_MODE_MAX,
} from '../../../domain/models/conversation-settings.model.js';
import { metadataSchema } from './metadata.dto.js';

/** `admins`: the owner and the admins. */
export const circleSchema = z.enum(['all', 'admins']);

/** The settings that a change concerns, each with its new value. */
export const changedSettingsSchema = z.strictObject({
  title: z.string().nullable().optional(),
  metadata: metadataSchema.nullable().optional(),
  posting: circleSchema.optional(),
  adding: circleSchema.optional(),
  slowModeSeconds: z.int().nonnegative().max(SLOW_MODE_MAX).optional(),
});

type ChangedSettingsDto = z.output<typeof changedSettingsSchema>;

export function toChangedSettingsDto(changed: Partial<ConversationSettings>): ChangedSettingsDto {
  const { title, metadata, posting, adding, slowModeSeconds } = changed;
  return {
    ...(title !== undefined && { title }),
    ...(metadata !== undefined && { metadata }),
    ...(posting !== undefined && { posting }),
    ...(adding !== undefined && { adding }),
    ...(slowModeSeconds !== undefined && { slowModeSeconds }),
  };
}
