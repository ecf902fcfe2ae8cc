import type { ConversationSummary, Message } from '@causerie/client';
import { expect, it } from 'vitest';
import { isWorthTelling } from './is-worth-telling.ts';
import { createNewMessages } from './new-messages.ts';

const ME = 'me';

const message = (seq: number, fields: Partial<Message> = {}): Message =>
  ({ seq, senderId: 'other', createdAt: `2026-11-28T12:00:${10 + seq}.000Z`, ...fields }) as Message;

const conversation = (
  id: string,
  lastMessage: Message | null,
  me: object = {},
  lastReadSeq = 0,
): ConversationSummary => ({ id, lastReadSeq, details: { lastMessage, me } }) as ConversationSummary;

const told = (items: ReturnType<ReturnType<typeof createNewMessages>>) =>
  items.map(({ summary, message: { seq } }) => `${summary.id} ${seq}`);

it('tells nothing the first time, and each later message once', () => {
  const next = createNewMessages();
  expect(next([conversation('a', message(5)), conversation('b', null)])).toEqual([]);
  const items = [conversation('a', message(6)), conversation('b', message(9))];
  expect(told(next(items))).toEqual(['a 6', 'b 9']);
  expect(told(next(items))).toEqual([]);
});

it('a further page of the list is nothing new, a new conversation is', () => {
  const next = createNewMessages();
  next([conversation('a', message(5))]);
  expect(told(next([conversation('a', message(5)), conversation('old', message(2))]))).toEqual([]);
  expect(told(next([conversation('new', message(7))]))).toEqual(['new 7']);
});

it('a conversation that goes away and comes back tells nothing twice', () => {
  const next = createNewMessages();
  const items = [conversation('a', message(5))];
  next(items);
  next([]);
  expect(told(next(items))).toEqual([]);
});

const MENTION = { mentions: [ME] };
const MUTED = { mutedUntil: '2999-01-01T00:00:00.000Z' };

it.each([
  ['a message', {}, {}, 0, true],
  ['one of one’s own', { senderId: ME }, {}, 0, false],
  ['one that was read elsewhere', {}, {}, 5, false],
  ['one that was deleted', { deletedAt: '2026-11-28T12:00:30.000Z' }, {}, 0, false],
  ['one in a muted conversation', {}, MUTED, 0, false],
  ['a mention in a muted conversation', MENTION, MUTED, 0, true],
  ['a mention of everybody in a muted conversation', { mentionsAll: true }, MUTED, 0, true],
  ['one in an archived conversation', {}, { archivedAt: '2026-11-28T12:00:30.000Z' }, 0, false],
  ['one where only mentions are wanted', {}, { notify: 'mentions' }, 0, false],
  ['a mention where only mentions are wanted', MENTION, { notify: 'mentions' }, 0, true],
  ['a mention where none are wanted', MENTION, { notify: 'none' }, 0, false],
] as const)('%s', (_, fields, me, lastReadSeq, isTold) => {
  const summary = conversation('a', null, me, lastReadSeq);
  expect(isWorthTelling({ summary, message: message(5, fields as Partial<Message>) }, ME)).toBe(isTold);
});
