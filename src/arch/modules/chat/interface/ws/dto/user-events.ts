import { z } from 'zod';
import type { ServerEvent } from '../../../../../common/interface/ws/document/asyncapi.js';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { ChangedProfile } from '../../../domain/models/changed-profile.model.js';

const userUpdatedSchema = z.strictObject({
  userId: z.uuid(),
  displayName: z.string(),
  avatarUrl: avatarUrlSchema,
  version: z.int().nonnegative().meta({
    description:
      'Higher after each change of the profile: of two events of a user the one with the higher one is the later.',
  }),
});

/** The event of a changed profile: its wire name, and its payload. */
export const userUpdatedEvent = {
  name: 'user_updated',
  description:
    'To all sockets of the user, and to each other socket once that has joined a conversation of which the user is a member, without those of people who have blocked the user, or whom the user has blocked: the display name or the avatar has changed. Of a deleted account, to the sockets that have joined a conversation in which it has written. At most once a minute for each user, the first at once, then the last state.',
  payload: userUpdatedSchema,
  toPayload: ({
    userId,
    displayName,
    avatarUrl,
    version,
  }: ChangedProfile): z.output<typeof userUpdatedSchema> => ({
    userId,
    displayName,
    avatarUrl,
    version,
  }),
} as const;

export const userServerEvents: Readonly<Record<string, ServerEvent>> = {
  [userUpdatedEvent.name]: userUpdatedEvent,
};
