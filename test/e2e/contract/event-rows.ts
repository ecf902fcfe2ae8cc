import { type Account, canary } from './canaries.js';
import { bearer, type Cells } from './expectations.js';
import type { Belongings } from './world.js';

export interface EventRow {
  readonly expect: Cells;
  readonly payload: (of: Belongings, account: Account) => object;
}

/** Of the `other` conversation: the stranger is not in it, the member is, the owner asks for somebody else's. */
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

/** In this order. Who has no good token does not get as far as an event: the handshake says so. */
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
  // Of nobody else's conversations, whatever is asked for.
  join_all: { expect: bearer({ own: 'ok' }), payload: () => ({}) },
  typing: {
    // Tells nothing of what there is either: only who has joined gets further.
    expect: bearer({
      own: 'ok',
      other: { stranger: '403 ROOM_NOT_JOINED', member: 'ok', owner: '403 ROOM_NOT_JOINED' },
      unknown: '403 ROOM_NOT_JOINED',
      malformed: '400 VALIDATION_FAILED',
    }),
    payload: ({ conversation }) => ({ conversationId: conversation, isTyping: true }),
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
    // Tells nothing of what there is: leaving where one is not is fine.
    expect: bearer({ own: 'ok', other: 'ok', unknown: 'ok', malformed: '400 VALIDATION_FAILED' }),
    payload: ({ conversation }) => ({ conversationId: conversation }),
  },
};
