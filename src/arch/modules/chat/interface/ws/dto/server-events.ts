import { z } from 'zod';
import { sessionEvents } from '../../../../../common/interface/ws/session/session-events.js';
import { conversationSchema } from '../../http/dto/conversation.dto.js';
import { memberSchema } from '../../http/dto/member.dto.js';
import { messageSchema } from '../../http/dto/message.dto.js';

/** All events of the server by their names on the wire: to whom they go, and what they carry. */
export const serverEvents = {
  ...sessionEvents,
  new_message: {
    description: 'To the room, its sender included: a message has been stored.',
    payload: messageSchema,
  },
  message_read: {
    description: 'To the room, at most once a second and member: how far a member has read.',
    payload: z.strictObject({
      conversationId: z.uuid(),
      userId: z.uuid(),
      lastReadSeq: z.int().nonnegative(),
    }),
  },
  typing: {
    description: 'To the room, but not to who types; over at `expiresAt` unless it comes again.',
    payload: z.strictObject({
      conversationId: z.uuid(),
      userId: z.uuid(),
      isTyping: z.boolean(),
      expiresAt: z.iso.datetime(),
    }),
  },
  member_added: {
    description: 'To the room: there is a new member.',
    payload: z.strictObject({ conversationId: z.uuid(), rev: z.int().min(1), member: memberSchema }),
  },
  conversation_added: {
    description:
      'To all sockets of whoever was added to a conversation, or has created one: as their list shows it.',
    payload: conversationSchema,
  },
} as const;
