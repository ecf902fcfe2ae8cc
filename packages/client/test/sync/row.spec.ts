import { describe, expect, it } from 'vitest';
import {
  presentMe,
  receiveConversation,
  receiveMe,
  receiveMessage,
  receiveSettings,
  type Row,
} from '../../src/sync/row.ts';
import { conversationOf, ME, messageOf } from '../support/fake-scope.ts';

const me = conversationOf().me;
const rowOf = (fields: Parameters<typeof conversationOf>[0]): Row =>
  receiveConversation(undefined, conversationOf(fields));
const ten = rowOf({ lastSeq: 10, rev: 10, me: { ...me, lastReadSeq: 4, unreadCount: 6, version: 7 } });

describe('one’s own position', () => {
  it('is what was received, and unread is always the difference', () => {
    expect(presentMe(ten)).toMatchObject({ lastReadSeq: 4, unreadCount: 6 });
    const later = receiveMessage(ten, messageOf(12), ME);
    expect(presentMe(later)).toMatchObject({ lastReadSeq: 4, unreadCount: 8 });
  });

  it('moves to a message of one’s own that is later than what was received', () => {
    const sent = receiveMessage(ten, messageOf(11, { senderId: ME }), ME);
    expect(presentMe(sent)).toMatchObject({ lastReadSeq: 11, unreadCount: 0 });
    const older = receiveMessage(ten, messageOf(9, { senderId: ME }), ME);
    expect(presentMe(older)).toMatchObject({ lastReadSeq: 4, unreadCount: 6 });
  });

  it('goes back when a later version says so, and never with an earlier one', () => {
    const read = { ...me, lastReadSeq: 9, unreadCount: 1, version: 8 };
    const unread = { ...me, lastReadSeq: 2, unreadCount: 8, version: 9 };
    expect(presentMe(receiveMe(receiveMe(ten, unread), read)).lastReadSeq).toBe(2);
    expect(presentMe(receiveMe(receiveMe(ten, read), unread)).lastReadSeq).toBe(2);
  });

  it('begins anew with another membership', () => {
    const sent = receiveMessage(ten, messageOf(11, { senderId: ME }), ME);
    const anew = receiveMe(sent, {
      ...me,
      joinedAt: '2027-01-01T00:00:00.000Z',
      lastReadSeq: 3,
      unreadCount: 8,
    });
    expect(presentMe(anew)).toMatchObject({ lastReadSeq: 3, unreadCount: 8 });
  });

  it('counts only what is visible', () => {
    const cleared = receiveMe(ten, { ...me, lastReadSeq: 4, unreadCount: 0, version: 8, visibleFromSeq: 11 });
    expect(presentMe(cleared).unreadCount).toBe(0);
    expect(presentMe(receiveMessage(cleared, messageOf(12), ME)).unreadCount).toBe(2);
    expect(receiveMessage(cleared, messageOf(5, { rev: 20 }), ME)).toBe(cleared);
  });

  it('quotes nothing that is hidden', () => {
    const lastMessage = messageOf(10, { replyTo: { id: 'm2', seq: 2, senderId: 'bob', excerpt: 'private' } });
    const quoting = rowOf({ lastSeq: 10, rev: 10, lastMessage });
    const cleared = receiveMe(quoting, { ...me, lastReadSeq: 4, version: 8, visibleFromSeq: 5 });
    expect(cleared.conversation.lastMessage?.replyTo).toEqual({ id: 'm2', seq: 2 });
  });

  it('counts mentions that an answer was too early for', () => {
    const all = { mentionsAll: true } as const;
    const eleven = receiveMessage(ten, messageOf(11, all), ME);
    const thirteen = receiveMessage(eleven, messageOf(13, all), ME);
    const answer = conversationOf({
      lastSeq: 12,
      rev: 12,
      me: { ...me, lastReadSeq: 4, unreadCount: 8, mentionCount: 2, version: 7 },
    });
    const read = receiveConversation(thirteen, answer);
    expect(presentMe(read)).toMatchObject({ unreadCount: 9, mentionCount: 3 });
    // Messages may come in another order, and more than once.
    const late = receiveMessage(receiveMessage(thirteen, messageOf(12, all), ME), messageOf(12, all), ME);
    expect(presentMe(late).mentionCount).toBe(3);
    expect(presentMe(receiveMessage(late, messageOf(9, all), ME)).mentionCount).toBe(3);
    expect(presentMe(receiveConversation(late, answer)).mentionCount).toBe(3);
  });

  it('counts no mention before a message of one’s own', () => {
    const mentioned = receiveMessage(ten, messageOf(11, { mentions: [ME] }), ME);
    const sent = receiveMessage(mentioned, messageOf(12, { senderId: ME }), ME);
    expect(presentMe(receiveMessage(sent, messageOf(13), ME))).not.toHaveProperty('mentionCount');
    const again = receiveMessage(sent, messageOf(13, { mentions: [ME] }), ME);
    expect(presentMe(again)).toMatchObject({ lastReadSeq: 12, unreadCount: 1, mentionCount: 1 });
  });

  it('counts mentions of later messages until it is told how many there are', () => {
    const mentioned = receiveMessage(ten, messageOf(11, { mentions: [ME] }), ME);
    expect(presentMe(mentioned).mentionCount).toBe(1);
    expect(presentMe(receiveMessage(mentioned, messageOf(11, { mentions: [ME] }), ME)).mentionCount).toBe(1);
    const told = receiveMe(mentioned, { ...me, lastReadSeq: 4, unreadCount: 7, mentionCount: 2, version: 8 });
    expect(presentMe(told).mentionCount).toBe(2);
  });
});

describe('a row', () => {
  it('keeps what is newer of two answers, in whatever order they come', () => {
    const old = conversationOf({ lastSeq: 1, rev: 1, title: 'old', lastMessage: messageOf(1) });
    const later = conversationOf({ lastSeq: 3, rev: 4, title: 'later', lastMessage: messageOf(3) });
    const either = receiveConversation(receiveConversation(undefined, old), later).conversation;
    const other = receiveConversation(receiveConversation(undefined, later), old).conversation;
    expect(either).toEqual(other);
    expect(either).toMatchObject({ title: 'later', lastSeq: 3, lastMessage: { seq: 3 } });
  });

  it('does not take an older state of a message, nor an older message as the last one', () => {
    const row = receiveMessage(ten, messageOf(11, { rev: 15, content: 'edited' }), ME);
    expect(receiveMessage(row, messageOf(11, { rev: 11 }), ME)).toBe(row);
    expect(receiveMessage(row, messageOf(10, { rev: 16 }), ME)).toBe(row);
    expect(row.conversation).toMatchObject({ rev: 15, lastMessage: { content: 'edited' } });
  });

  it('leaves out settings with their default', () => {
    const strict = receiveSettings(ten, { posting: 'admins', title: 'new', slowModeSeconds: 5 });
    expect(strict.conversation).toMatchObject({ posting: 'admins', title: 'new', slowModeSeconds: 5 });
    const open = receiveSettings(strict, { posting: 'all', slowModeSeconds: 0, title: null }).conversation;
    expect([open.posting, open.slowModeSeconds, open.title]).toEqual([undefined, undefined, null]);
  });
});
