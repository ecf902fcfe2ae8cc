import { expect, it } from 'vitest';
import { checkHistory } from '../../verify/check/check-history.ts';
import type { ChangeableHistory } from './scene.js';
import { ANNA, BERT, CLEO, DORA, roomWithNewcomer } from './scenes.js';

type Plant = (history: ChangeableHistory) => void;

it('finds no violation in a room with a new member', () => {
  expect(checkHistory(roomWithNewcomer())).toEqual([]);
});

it.each<[string, string, Plant]>([
  [
    'addition-missing',
    'a listener does not receive the new member',
    (h) => void stream(h, BERT).additions.pop(),
  ],
  ['addition-missing', 'no listener receives the new member', deafen],
  ['addition-wrong', 'a listener receives another member', (h) => void (addition(h, BERT).client = DORA)],
  [
    'delivery-order',
    'a listener receives the new member too late',
    (h) => void (addition(h, ANNA).after = 3),
  ],
  [
    'delivery-doubled',
    'a listener receives the new member twice',
    (h) => stream(h, BERT).additions.push(addition(h, BERT)),
  ],
  ['rev', 'an addition took no rev', (h) => void (there(h.ends[0]).rev = 3)],
  [
    'invitation-missing',
    'the new member receives no event',
    (h) => void connection(h, CLEO).invitations.pop(),
  ],
  ['leak', 'another user receives the event', (h) => void connection(h, BERT).invitations.push(1)],
  ['changes-members', 'changes lack the members', (h) => void (there(h.changes[1]).members = null)],
  ['changes-members', 'changes lack a member', (h) => void there(h.changes[1]).members?.pop()],
  [
    'changes-members',
    'changes lack the new member',
    (h) => void there(h.changes[1]).members?.splice(2, 1, DORA),
  ],
  [
    'changes-members',
    'changes have members that did not change',
    (h) => void (there(h.changes[2]).members = [0, 1, 2]),
  ],
  [
    'conversation-list',
    'a list lacks a conversation',
    (h) => void there(h.conversationLists[CLEO]).conversations.pop(),
  ],
  [
    'conversation-list',
    'a list contains a conversation twice',
    (h) => void there(h.conversationLists[BERT]).conversations.push(0),
  ],
  ['conversation-list', 'a conversation has another member', (h) => void there(h.ends[0]).members.pop()],
  [
    'conversation-doubled',
    'a list contains a conversation that was not requested',
    (h) => void there(h.conversationLists[BERT]).conversations.push(-1),
  ],
  ['head', 'a head is older than what was shown', (h) => head(h, 0, { lastSeq: 1, rev: 1, unreadCount: -1 })],
  ['head', 'a head has another rev', (h) => head(h, 0, { rev: 2 })],
  ['head', 'a head is beyond the last change', (h) => head(h, 0, { rev: 5, unreadCount: -1 })],
  ['head', 'a head is that of a later time', (h) => head(h, 0, { lastSeq: 3, rev: 4, unreadCount: -1 })],
  ['unread-count', 'the list has another number', (h) => head(h, 2, { unreadCount: 2 })],
  ['unread-count', 'join_all has another number', (h) => head(h, 3, { unreadCount: 0 })],
  ['unread-count', 'a new member has unread messages', (h) => head(h, 1, { unreadCount: 1 })],
  [
    'read-position',
    'a position is lower than what was read',
    (h) => head(h, 4, { lastReadSeq: 2, unreadCount: 1 }),
  ],
  [
    'read-position',
    'a position is higher than what was read',
    (h) => head(h, 2, { lastReadSeq: 3, unreadCount: 0 }),
  ],
  [
    'read-position',
    'others see another position',
    (h) => void (there(there(h.ends[0]).members[BERT]).lastReadSeq = 2),
  ],
  [
    'read-position',
    'me_updated has a position that nobody set',
    (h) =>
      void h.ownUpdates.push({ client: BERT, conversation: 0, lastReadSeq: 9, received: Number.MAX_VALUE }),
  ],
  [
    'leak',
    'who is no member receives me_updated',
    (h) => void h.ownUpdates.push({ client: DORA, conversation: 0, lastReadSeq: 0, received: 1 }),
  ],
  [
    'read-missing',
    'a listener does not receive the last read position',
    (h) => void stream(h, ANNA).reads.pop(),
  ],
  [
    'read-missing',
    'a listener does not receive the first read position',
    (h) => void stream(h, ANNA).reads.splice(0, 1),
  ],
  [
    'read-wrong',
    'a listener receives a read position beyond what was read',
    (h) => void stream(h, ANNA).reads.push({ client: ANNA, lastReadSeq: 3 }),
  ],
  ['ended-session', 'a session is served after its end', (h) => end(h, false)],
  ['ended-session', 'a session receives events after its end', (h) => end(h, true)],
])('finds %s, and only that: %s', (kind, _what, plant) => {
  const history = roomWithNewcomer();
  plant(history);
  expect(new Set(checkHistory(history).map(({ kind: found }) => found))).toEqual(new Set([kind]));
});

it('expects no order over several nodes, and not the last messages on an ended connection', () => {
  const history = roomWithNewcomer();
  history.nodes = 2;
  const { messages } = stream(history, ANNA);
  messages.reverse();
  expect(checkHistory(history)).toEqual([]);
  messages.pop();
  expect(checkHistory(history).map(({ kind }) => kind)).toEqual(['delivery-missing']);
  stream(history, ANNA).untilEnd = false;
  expect(checkHistory(history)).toEqual([]);
});

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the scene has changed');
  return value;
}

const stream = (history: ChangeableHistory, client: number) =>
  there(history.streams.find((one) => one.client === client));
const addition = (history: ChangeableHistory, client: number) => there(stream(history, client).additions[0]);
const connection = (history: ChangeableHistory, client: number) =>
  there(history.connections.find((one) => one.client === client));

function head(
  history: ChangeableHistory,
  place: number,
  fields: Partial<ChangeableHistory['heads'][number]>,
): void {
  Object.assign(there(history.heads[place]), fields);
}

function deafen(history: ChangeableHistory): void {
  for (const one of history.streams) one.additions = [];
}

/** Bert's connection belonged to a session that ended before the last message; it was closed or not. */
function end(history: ChangeableHistory, closed: boolean): void {
  const last = there(history.sends.at(-1)).attempts[0];
  const ended = closed ? there(last).begun - 0.5 : Infinity;
  history.endedSessions.push({ client: BERT, connection: stream(history, BERT).connection, ended, closed });
}
