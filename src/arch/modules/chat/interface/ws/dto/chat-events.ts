import type { z } from 'zod';
import type { ChatEvent, ChatEventKind, ChatEventOf } from '../../../domain/events/chat-event.js';
import {
  everyoneInRoom,
  othersInRoom,
  otherSocketsOfUser,
  socketsOfUser,
  thoseWithReadReceipts,
} from '../../../domain/events/event-audience.js';
import type { EventDelivery } from '../../../domain/events/event-delivery.js';
import { otherwiseShown } from '../../../domain/events/otherwise-shown.js';
import { toChangedSettingsDto } from '../../http/dto/changed-settings.dto.js';
import {
  conversationSchema,
  toConversationDto,
  toSharedConversationDto,
} from '../../http/dto/conversation.dto.js';
import { toMemberDto } from '../../http/dto/member.dto.js';
import { toOwnMembershipDto } from '../../http/dto/own-membership.dto.js';
import { toOwnReactionSetsDto } from '../../http/dto/own-reactions.dto.js';
import { positionedMessageSchema, toMessageDto } from '../../http/dto/message.dto.js';
import { withPrevRev } from '../../http/dto/prev-rev.dto.js';
import {
  conversationRemovedSchema,
  conversationUpdatedSchema,
  memberAddedSchema,
  memberRemovedSchema,
  memberUpdatedSchema,
  messageReadSchema,
  messageUpdatedSchema,
  meUpdatedSchema,
  typingSchema,
  userBlockedSchema,
} from './event-payloads.js';

interface Row<Event extends ChatEvent, Schema extends z.ZodType<object>> extends EventDelivery<Event> {
  readonly description: string;
  /** An allow-list of the payload's fields. */
  readonly payload: Schema;
  toPayload(event: Event): z.output<Schema>;
}

/** The change of a message, as `message_updated` names it. */
const CHANGE_NAMES = {
  edited: 'edited',
  deleted: 'deleted',
  pinned: 'pin',
  unpinned: 'pin',
  reactions: 'reactions',
  thread_opened: 'thread',
  thread: 'thread',
} as const;

interface Schemas {
  message_created: typeof positionedMessageSchema;
  message_updated: typeof messageUpdatedSchema;
  message_read: typeof messageReadSchema;
  me_updated: typeof meUpdatedSchema;
  typing: typeof typingSchema;
  member_added: typeof memberAddedSchema;
  member_removed: typeof memberRemovedSchema;
  member_updated: typeof memberUpdatedSchema;
  conversation_updated: typeof conversationUpdatedSchema;
  conversation_added: typeof conversationSchema;
  conversation_removed: typeof conversationRemovedSchema;
  user_blocked: typeof userBlockedSchema;
}

/** A kind of event without a row does not compile, nor a row without a kind. */
type ChatEventTable = { readonly [Kind in ChatEventKind]: Row<ChatEventOf<Kind>, Schemas[Kind]> };

/** Defines for each chat event its wire name, its audience, its order by `rev` and its payload. */
export const chatEvents: ChatEventTable = {
  message_created: {
    name: 'new_message',
    description: 'a message has been stored. Its sender receives it, too.',
    audience: everyoneInRoom,
    inRevOrder: true,
    payload: positionedMessageSchema,
    toPayload: (event) => withPrevRev(toMessageDto(event.message), event),
  },

  message_updated: {
    name: 'message_updated',
    description:
      'a message has changed; `message` is the whole of it. Replace yours when its `rev` is higher.',
    audience: everyoneInRoom,
    inRevOrder: true,
    payload: messageUpdatedSchema,
    toPayload: (event) => {
      const { conversationId, rev, actorId } = event;
      const change = CHANGE_NAMES[event.change];
      const delta = event.delta?.map(({ userId, emoji, added }) => ({ userId, emoji, added }));
      const message = toMessageDto(event.message);
      return withPrevRev({ conversationId, rev, change, actorId, message, ...(delta && { delta }) }, event);
    },
  },

  message_read: {
    name: 'message_read',
    description: 'the read position of a member has advanced; at most once per second and member.',
    audience: thoseWithReadReceipts,
    inRevOrder: false,
    payload: messageReadSchema,
    toPayload: ({ conversationId, userId, lastReadSeq }) => ({ conversationId, userId, lastReadSeq }),
  },

  typing: {
    name: 'typing',
    description: 'a member is typing, or has stopped; it expires at `expiresAt` unless it is repeated.',
    audience: othersInRoom,
    inRevOrder: false,
    payload: typingSchema,
    toPayload: ({ conversationId, userId, isTyping, expiresAt }) => ({
      conversationId,
      userId,
      isTyping,
      expiresAt: expiresAt.toISOString(),
    }),
  },

  member_added: {
    name: 'member_added',
    description: 'a member was added, or has joined by an invite.',
    audience: everyoneInRoom,
    otherwiseShown,
    inRevOrder: true,
    payload: memberAddedSchema,
    toPayload: (event) => {
      const { conversationId, rev, member, via } = event;
      return withPrevRev({ conversationId, rev, member: toMemberDto(member), ...(via && { via }) }, event);
    },
  },

  conversation_added: {
    name: 'conversation_added',
    description:
      'they were added to a conversation, have joined it, or have created it, or a direct conversation with them has its first message. The payload is as in their list.',
    audience: socketsOfUser,
    inRevOrder: false,
    payload: conversationSchema,
    toPayload: ({ conversation }) => toConversationDto(conversation),
  },

  me_updated: {
    name: 'me_updated',
    description:
      'what a conversation is to them has changed, on this device or another: settings, their own read position (`me`), or their own reactions (`own`). At most once a second for each conversation. Replace `me` when its `version` is higher than yours, and the own reactions to a message when its `rev` is not lower than yours.',
    audience: otherSocketsOfUser,
    inRevOrder: false,
    payload: meUpdatedSchema,
    toPayload: ({ conversationId, me, own }) => ({
      conversationId,
      ...(me && { me: toOwnMembershipDto(me) }),
      ...(own && { own: toOwnReactionSetsDto(own) }),
    }),
  },

  member_removed: {
    name: 'member_removed',
    description: 'somebody is no longer a member. Whose membership it was is sent `conversation_removed`.',
    audience: everyoneInRoom,
    inRevOrder: true,
    payload: memberRemovedSchema,
    toPayload: (event) => {
      const { conversationId, rev, userId, reason, actorId, heirId } = event;
      const heir = heirId !== undefined && { heirId };
      return withPrevRev({ conversationId, rev, userId, reason, actorId, ...heir }, event);
    },
  },

  member_updated: {
    name: 'member_updated',
    description: 'a member has another role.',
    audience: everyoneInRoom,
    otherwiseShown,
    inRevOrder: true,
    payload: memberUpdatedSchema,
    toPayload: (event) => {
      const { conversationId, rev, member, actorId } = event;
      return withPrevRev({ conversationId, rev, member: toMemberDto(member), actorId }, event);
    },
  },

  conversation_updated: {
    name: 'conversation_updated',
    description: 'its title, its settings or its metadata have changed.',
    audience: everyoneInRoom,
    inRevOrder: true,
    payload: conversationUpdatedSchema,
    toPayload: (event) => {
      const { conversationId, rev, actorId } = event;
      const changed = toChangedSettingsDto(event.changed);
      const conversation = toSharedConversationDto(event.conversation);
      return withPrevRev({ conversationId, rev, actorId, changed, conversation }, event);
    },
  },

  conversation_removed: {
    name: 'conversation_removed',
    description: 'they are no longer a member of a conversation, or it was deleted.',
    audience: socketsOfUser,
    inRevOrder: false,
    payload: conversationRemovedSchema,
    toPayload: ({ conversationId, reason }) => ({ conversationId, reason }),
  },

  user_blocked: {
    name: 'user_blocked',
    description: 'they have blocked a user, or ended the block, on whichever device.',
    audience: socketsOfUser,
    inRevOrder: false,
    payload: userBlockedSchema,
    toPayload: ({ blockedId, isBlocked }) => ({ userId: blockedId, isBlocked }),
  },
};
