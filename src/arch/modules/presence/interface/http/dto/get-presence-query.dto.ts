import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { PRESENCE_MAX } from '../../../domain/models/presence.model.js';

const MESSAGE = `must be given once: 1 to ${PRESENCE_MAX} UUIDs with commas between them`;

const isList = (text: string): boolean => {
  const ids = text.split(',', PRESENCE_MAX + 1);
  return ids.length <= PRESENCE_MAX && ids.every((id) => uuid.safeParse(id).success);
};

export const getPresenceQuerySchema = z.strictObject({
  ids: z
    .string(MESSAGE)
    .refine(isList, MESSAGE)
    .meta({
      description: `The ids of at most ${PRESENCE_MAX} users, with commas between them. Duplicates are ignored.`,
      example: DEMO_USERS[1].id,
    })
    .transform((text) => text.toLowerCase().split(',')),
});

export type GetPresenceQueryDto = z.output<typeof getPresenceQuerySchema>;
