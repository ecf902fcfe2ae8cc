import { type Account, canary } from './canaries.js';
import { bearer, type Cells } from './expectations.js';
import type { Belongings } from './world.js';

export interface EventRow {
  readonly expect: Cells;
  readonly payload: (of: Belongings, account: Account) => object;
}

/**
 * Answers for the `other` conversation: the stranger is no member, the member is one, the owner uses that of another
 * user.
 */
const CONVERSATION = bearer({
  own: 'ok',
  other: {
    stranger: '403 NOT_CONVERSATION_MEMBER',
    member: 'ok',
    owner: '403 NOT_CONVERSATION_MEMBER',
  },
  unknown: '404 CONVERSATION_NOT_FOUND',
  malformed: '400 VALIDATION_FAILED',
});

/** In this order. A caller without a valid token is refused in the handshake, before any event. */
export const EVENT_ROWS: Readonly<Record<string, EventRow>> = {
  join_room: { expect: CONVERSATION, payload: ({ conversation }) => ({ conversationId: conversation }) },
  send_message: {
    expect: CONVERSATION,
    payload: ({ conversation }, account) => ({
      conversationId: conversation,
      content: canary(account, 'room'),
    }),
  },
  mark_read: {
    expect: CONVERSATION,
    payload: ({ conversation }) => ({ conversationId: conversation, seq: 1 }),
  },
  // It joins no conversation of another user, whatever the payload.
  join_all: { expect: bearer({ own: 'ok' }), payload: () => ({}) },
  typing: {
    // The refusal does not reveal whether the conversation exists: it requires that the socket has joined.
    expect: bearer({
      own: 'ok',
      other: { stranger: '403 ROOM_NOT_JOINED', member: 'ok', owner: '403 ROOM_NOT_JOINED' },
      unknown: '403 ROOM_NOT_JOINED',
      malformed: '400 VALIDATION_FAILED',
    }),
    payload: ({ conversation }) => ({ conversationId: conversation, isTyping: true }),
  },
  // It answers for anybody, and shows nothing of strangers: test/e2e/ws/presence.e2e.spec.ts compares the answers.
  subscribe_presence: {
    expect: bearer({ own: 'ok', other: 'ok', unknown: 'ok', malformed: '400 VALIDATION_FAILED' }),
    payload: ({ user }) => ({ userIds: [user] }),
  },
  authenticate: {
    expect: bearer({
      own: 'ok',
      other: '401 TOKEN_INVALID',
      unknown: '401 TOKEN_INVALID',
      deleted: '401 TOKEN_INVALID',
      malformed: '400 VALIDATION_FAILED',
    }),
    payload: ({ accessToken }) => ({ token: accessToken }),
  },
  leave_room: {
    // The answer does not reveal whether the conversation exists: leaving a room that was not joined succeeds.
    expect: bearer({ own: 'ok', other: 'ok', unknown: 'ok', malformed: '400 VALIDATION_FAILED' }),
    payload: ({ conversation }) => ({ conversationId: conversation }),
  },
};
