import { z } from 'zod';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { mentionCountSchema } from '../../http/dto/own-membership.dto.js';
import { messageSchema } from '../../http/dto/message.dto.js';
import { sendMessageSchema } from '../../http/dto/send-message.dto.js';

/** The maximum length of a request header. */
const TOKEN_MAX = 16_384;

const count = z.int().nonnegative();
const epoch = z
  .string()
  .meta({ description: 'The epoch of the database. If it is another one than before, start over.' });

export const roomSchema = z.strictObject({ conversationId: uuid });
export const joinAllEventSchema = z.strictObject({}).optional();
/** The HTTP body, with the conversation that is in the path there. */
export const sendMessageEventSchema = roomSchema.extend(sendMessageSchema.shape);
/** A `seq` past the end means the end. */
export const markReadEventSchema = roomSchema.extend({ seq: count });
export const typingEventSchema = roomSchema.extend({ isTyping: z.boolean() });
export const authenticateEventSchema = z.strictObject({ token: z.string().min(1).max(TOKEN_MAX) });

export type RoomDto = z.output<typeof roomSchema>;
export type JoinAllEventDto = z.output<typeof joinAllEventSchema>;
export type SendMessageEventDto = z.output<typeof sendMessageEventSchema>;
export type MarkReadEventDto = z.output<typeof markReadEventSchema>;
export type TypingEventDto = z.output<typeof typingEventSchema>;
export type AuthenticateEventDto = z.output<typeof authenticateEventSchema>;

/** The events of clients by their wire names: payload, and the `data` of their acknowledgement. */
export const clientEvents = {
  join_room: {
    description:
      'Join the room of a conversation, to receive its events; of a thread, that of its parent as well. For members; needs `messages:read`.',
    payload: roomSchema,
    data: z.strictObject({ conversationId: z.uuid(), lastSeq: count, rev: count, epoch }),
  },
  join_all: {
    description: 'Join the rooms of the 1,000 conversations with the latest activity. Needs `messages:read`.',
    payload: joinAllEventSchema,
    data: z.strictObject({
      conversations: z.array(
        z.strictObject({
          conversationId: z.uuid(),
          lastSeq: count,
          rev: count,
          unreadCount: count,
          mentionCount: mentionCountSchema,
        }),
      ),
      truncated: z.boolean().meta({ description: 'Whether there are more conversations.' }),
      epoch,
    }),
  },
  leave_room: {
    description:
      'Leave the room of a conversation, to receive no more of its events, nor of those of its threads.',
    payload: roomSchema,
    data: z.strictObject({ conversationId: z.uuid() }),
  },
  send_message: {
    description:
      'Send a message, whether the room is joined or not. For members; needs `messages:create`. Repeating the same `clientMessageId` stores nothing. The conversation may refuse it: `POSTING_RESTRICTED`, `USER_NOT_REACHABLE`, `SLOW_MODE` with `retryAfterMs`, `MESSAGE_NOT_FOUND` of a `replyToId`, `CANNOT_MENTION_ALL`.',
    payload: sendMessageEventSchema,
    data: z.strictObject({
      message: messageSchema,
      duplicate: z.boolean().meta({ description: 'Whether the message had been stored before.' }),
    }),
  },
  mark_read: {
    description: 'Advance your read position, at most to the last `seq`. For members; needs `messages:read`.',
    payload: markReadEventSchema,
    data: z.strictObject({
      conversationId: z.uuid(),
      lastReadSeq: count,
      unreadCount: count,
      mentionCount: mentionCountSchema,
    }),
  },
  typing: {
    description:
      'Emit to the others in the room that you are typing, or have stopped. The room must be joined. Where one has blocked the other it reaches nobody.',
    payload: typingEventSchema,
    data: z.strictObject({}),
  },
  authenticate: {
    description: 'Replace the access token of the socket with a newer one of the same user.',
    payload: authenticateEventSchema,
    data: z.strictObject({ expiresAt: z.iso.datetime() }),
  },
} as const;
