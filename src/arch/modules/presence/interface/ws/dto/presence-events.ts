import { z } from 'zod';
import type { ServerEvent } from '../../../../../common/interface/ws/document/asyncapi.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { PRESENCE_MAX } from '../../../domain/models/presence.model.js';
import { presenceListSchema, presenceSchema, toPresenceDto } from '../../http/dto/presence.dto.js';

export const subscribePresenceEventSchema = z.strictObject({
  userIds: z.array(uuid).max(PRESENCE_MAX).meta({
    description: 'The users to watch, instead of those before. Duplicates are ignored; none ends it.',
  }),
});

export type SubscribePresenceEventDto = z.output<typeof subscribePresenceEventSchema>;

/** The events of clients by their wire names: payload, and the `data` of their acknowledgement. */
export const presenceClientEvents = {
  subscribe_presence: {
    description:
      'Watch whether users are online, in place of the users that this socket watched before. Answers their presence now. Needs `user:read`.',
    payload: subscribePresenceEventSchema,
    data: presenceListSchema,
  },
} as const;

/** The event of the server: its wire name, and its payload. */
export const presenceEvent = {
  name: 'presence',
  description:
    'To the sockets that watch a user: the user has come online, or was offline for ten seconds, at most once in ten seconds; or may not be seen any more, and is shown as `offline` without a time.',
  payload: presenceSchema,
  toPayload: toPresenceDto,
} as const;

export const presenceServerEvents: Readonly<Record<string, ServerEvent>> = {
  [presenceEvent.name]: presenceEvent,
};
