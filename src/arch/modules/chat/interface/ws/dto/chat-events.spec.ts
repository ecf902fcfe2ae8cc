import { DEFAULT_SETTINGS } from '../../../domain/models/conversation-settings.model.js';
import type { Conversation } from '../../../domain/models/conversation.model.js';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../../domain/models/own-membership.model.js';
import { describe, expect, it } from 'vitest';
import { plantFields } from '../../../../../../../test/support/plant-fields.js';
import type { ChatEvent, ChatEventKind, ChatEventOf } from '../../../domain/events/chat-event.js';
import type { EventDelivery } from '../../../domain/events/event-delivery.js';
import { conversationExample, memberExample, messageExample } from '../../http/dto/examples.js';
import { chatEvents } from './chat-events.js';

const at = new Date('2026-01-31T12:00:00.000Z');
const message = { ...messageExample, createdAt: at, editedAt: null, deletedAt: null };
const { conversationId, rev, senderId: userId } = message;

const { me: _, lastMessage: __, ...shared } = conversationExample;
const conversation: Conversation = {
  ...DEFAULT_SETTINGS,
  ...shared,
  type: 'direct',
  createdAt: at,
  updatedAt: at,
};

/** One event of each kind: another kind does not compile without an example. */
const EXAMPLES: { readonly [Kind in ChatEventKind]: ChatEventOf<Kind> } = {
  message_created: { kind: 'message_created', conversationId, rev, message },
  message_updated: {
    kind: 'message_updated',
    conversationId,
    rev,
    change: 'unpinned',
    actorId: userId,
    message: { ...message, replyTo: { id: message.id, seq: 1 } },
  },
  message_read: { kind: 'message_read', conversationId, userId, lastReadSeq: 1 },
  typing: { kind: 'typing', conversationId, userId, isTyping: true, expiresAt: at },
  member_added: {
    kind: 'member_added',
    conversationId,
    rev,
    member: { ...memberExample, role: 'member', joinedAt: at },
  },
  conversation_added: {
    kind: 'conversation_added',
    userId,
    conversation: {
      ...conversation,
      other: message.sender,
      lastMessage: message,
      me: ownMembershipOf({ ...UNCHANGED_MEMBERSHIP, role: 'member', joinedAt: at, ownReadSeq: 1 }, 5),
    },
  },
  member_removed: {
    kind: 'member_removed',
    conversationId,
    rev,
    userId,
    actorId: userId,
    reason: 'left',
    heirId: userId,
  },
  member_updated: {
    kind: 'member_updated',
    conversationId,
    rev,
    actorId: userId,
    member: { ...memberExample, role: 'admin', joinedAt: at },
  },
  conversation_updated: {
    kind: 'conversation_updated',
    conversationId,
    rev,
    actorId: userId,
    changed: DEFAULT_SETTINGS,
    conversation,
  },
  me_updated: {
    kind: 'me_updated',
    conversationId,
    userId,
    me: ownMembershipOf(
      { ...UNCHANGED_MEMBERSHIP, role: 'member', joinedAt: at, ownReadSeq: 1, version: 2 },
      5,
    ),
    socketId: undefined,
  },
  conversation_removed: { kind: 'conversation_removed', userId, conversationId, reason: 'deleted' },
  user_blocked: { kind: 'user_blocked', userId, blockedId: userId, isBlocked: true },
};

const payloadOf = (event: ChatEvent): object => {
  const delivery: EventDelivery<ChatEvent> = chatEvents[event.kind];
  return delivery.toPayload(event);
};

describe.each(Object.values(EXAMPLES))('$kind', (event) => {
  it('carries what its schema describes', () => {
    const payload = payloadOf(event);
    expect(chatEvents[event.kind].payload.parse(payload)).toEqual(payload);
  });

  it('carries no field of a model that the schema does not know', () => {
    expect(payloadOf(plantFields(event))).toEqual(payloadOf(event));
  });

  it('is in the order of rev when it has one', () => {
    expect(chatEvents[event.kind].inRevOrder).toBe('rev' in event);
  });
});

describe.each(Object.values(EXAMPLES).filter((event) => 'rev' in event))('$kind', (event) => {
  it('carries prevRev only where numbers before it have been overtaken', () => {
    expect(payloadOf(event)).not.toHaveProperty('prevRev');
    expect(payloadOf({ ...event, prevRev: rev - 1 })).toEqual(payloadOf(event));
    const payload = payloadOf({ ...event, prevRev: rev - 3 });
    expect(payload).toEqual({ ...payloadOf(event), prevRev: rev - 3 });
    expect(chatEvents[event.kind].payload.parse(payload)).toEqual(payload);
  });
});

it('no two kinds have the same name on the wire', () => {
  const names = Object.values(chatEvents).map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
