import { assert, integer, nat, property } from 'fast-check';
import { expect, it } from 'vitest';
import { checkHistory } from '../../verify/check/check-history.ts';
import type { ChangeableHistory } from './scene.js';
import { ANNA, BERT, randomHistory, smallHistory, STRANGER } from './scenes.js';

type Plant = (history: ChangeableHistory) => void;

function kinds(plant: Plant): string[] {
  const history = smallHistory();
  plant(history);
  return checkHistory(history).map(({ kind }) => kind);
}

it('finds no violation in clean histories', () => {
  expect(checkHistory(smallHistory())).toEqual([]);
  assert(
    property(nat(), integer({ min: 1, max: 60 }), (seed, steps) => {
      expect(checkHistory(randomHistory(seed, steps))).toEqual([]);
    }),
  );
});

it.each<[string, string, Plant]>([
  ['lost', 'an acknowledged message that nothing else knows', (h) => acknowledgeOnly(h)],
  ['lost', 'an acknowledged message is gone from the end of everything', (h) => forget(h, 6)],
  ['doubled', 'a message is stored again under another id', (h) => append(h, { ...at(h, 3), id: 'again' })],
  [
    'foreign',
    'a message is stored that nobody sent',
    (h) => append(h, { ...at(h, 3), id: 'x', content: 'x' }),
  ],
  ['foreign', 'another sender is stored', (h) => void (at(h, 5).sender = BERT)],
  ['foreign', 'another clientMessageId is stored', (h) => void (at(h, 5).clientMessageId = 'other')],
  ['foreign', 'a refused message is stored', refuse],
  ['foreign', 'a message of a stranger is stored', storeOfStranger],
  ['hole', 'the numbers leave one out', (h) => leaveNumberOut(h, 4)],
  ['rev', 'a rev goes back', (h) => void (at(h, 4).rev = 3)],
  ['rev', 'a rev is left out', (h) => void (at(h, 6).rev = there(h.ends[0]).rev = 8)],
  ['altered', 'a listener is shown another content than is stored', (h) => showOther(h)],
  ['phantom', 'a listener is shown a message that is not stored', showPhantom],
  [
    'wrong-answer',
    'a send is answered with another message',
    (h) => void (attempt(h, 1).message = indexAt(h, 0)),
  ],
  [
    'acknowledged-twice',
    'both attempts are answered as new',
    (h) => void (attempt(h, 4, 1).outcome = 'stored'),
  ],
  ['real-time-order', 'a message stands before one acknowledged earlier', (h) => swap(h, 0, 1)],
  ['sender-order', 'two messages of one connection are swapped', (h) => swap(h, 2, 3)],
  [
    'delivery-doubled',
    'a listener receives a message again at once',
    (h) => void receivedBy(h).splice(3, 0, indexAt(h, 2)),
  ],
  [
    'delivery-doubled',
    'a listener receives a message again later',
    (h) => void receivedBy(h).splice(6, 0, indexAt(h, 2)),
  ],
  [
    'delivery-order',
    'a listener receives two messages in the wrong order',
    (h) => exchange(receivedBy(h), 2, 3),
  ],
  ['delivery-missing', 'a listener does not receive the first message', (h) => void receivedBy(h).shift()],
  [
    'delivery-missing',
    'a listener does not receive a message in the middle',
    (h) => void receivedBy(h).splice(3, 1),
  ],
  ['delivery-missing', 'a listener does not receive the last message', (h) => void receivedBy(h).pop()],
  ['delivery-missing', 'a listener receives nothing', (h) => void receivedBy(h).splice(0)],
  ['diverging-list', "a client's list lacks one", (h) => void list(h).splice(3, 1)],
  ['diverging-list', "a client's list lacks the last", (h) => void list(h).pop()],
  ['diverging-list', "a client's list has two swapped", (h) => exchange(list(h), 3, 4)],
  ['diverging-list', "a client's list has one twice", (h) => void list(h).splice(3, 0, indexAt(h, 3))],
  ['leak', 'a stranger receives a message', leak],
  ['leak', 'a stranger is answered', (h) => void h.leaks.push('a stranger was answered GET: 200')],
  ['odd-answer', 'an answer that the contract does not know', (h) => void h.unexpectedAnswers.push('500')],
])('finds %s, and only that: %s', (kind, _what, plant) => {
  expect(kinds(plant)).toEqual([kind]);
});

it('knows the order of one connection also without answers', () => {
  const history = smallHistory();
  // Bert's last message was sent and answered on Anna's connection, before her message without an answer.
  const bert = attempt(history, 6);
  bert.connection = attempt(history, 5).connection;
  bert.begun = attempt(history, 5).begun - 0.5;
  expect(checkHistory(history).map(({ kind }) => kind)).toEqual(['sender-order']);
});

it('names the message, the client and the place', () => {
  const history = smallHistory();
  list(history).splice(3, 1);
  expect(checkHistory(history)[0]?.text).toBe(
    'Anna (kept during the round) has message 0/5 (conversation 0, seq 5, of Bert) at position 4, ' +
      'where message 0/4 (conversation 0, seq 4, of Anna) is stored',
  );
});

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the scene has changed');
  return value;
}

const room = (history: ChangeableHistory) => there(history.stored[0]);
const indexAt = (history: ChangeableHistory, place: number) => there(room(history)[place]);
const at = (history: ChangeableHistory, place: number) => there(history.messages[indexAt(history, place)]);
const attempt = (history: ChangeableHistory, send: number, which = 0) =>
  there(history.sends[send]?.attempts[which]);
const receivedBy = (history: ChangeableHistory) => there(history.streams[0]).messages;
const list = (history: ChangeableHistory) => there(history.lists[0]).messages;

function exchange(items: number[], one: number, other: number): void {
  [items[one], items[other]] = [there(items[other]), there(items[one])];
}

/** All observations that show room 0 in order. */
function views(history: ChangeableHistory): number[][] {
  const inRoom = [...history.lists, ...history.streams].filter(({ conversation }) => conversation === 0);
  return [room(history), ...inRoom.map(({ messages }) => messages)];
}

/** The server numbered two messages in the wrong order, and every client saw them so. */
function swap(history: ChangeableHistory, one: number, other: number): void {
  const [a, b] = [at(history, one), at(history, other)];
  [a.seq, b.seq, a.rev, b.rev] = [b.seq, a.seq, b.rev, a.rev];
  for (const view of views(history)) exchange(view, one, other);
}

/** The server stored one more message at the end of room 0, and every client saw it. */
function append(history: ChangeableHistory, message: ChangeableHistory['messages'][number]): void {
  const seq = room(history).length + 1;
  const firstSeen = Infinity;
  const end = there(history.ends[0]);
  end.lastSeq = end.rev = seq;
  const sender = end.members.find(({ client }) => client === message.sender);
  if (sender) sender.lastReadSeq = seq;
  const index = history.messages.push({ ...message, seq, rev: seq, firstSeen }) - 1;
  for (const view of views(history)) view.push(index);
}

function acknowledgeOnly(history: ChangeableHistory): void {
  const lost = { ...at(history, 6), id: 'lost', content: 'lost', seq: 8, rev: 8 };
  const message = history.messages.push(lost) - 1;
  const last = there(history.sends[6]);
  const attempts = [{ ...attempt(history, 6), message }];
  history.sends.push({ ...last, content: 'lost', attempts });
}

function forget(history: ChangeableHistory, place: number): void {
  for (const view of views(history)) view.splice(place, 1);
  const end = there(history.ends[0]);
  end.lastSeq = end.rev = room(history).length;
  // A message that Bert had sent before.
  there(end.members[BERT]).lastReadSeq = 5;
}

function refuse(history: ChangeableHistory): void {
  const send = there(history.sends[5]);
  there(send.attempts[0]).outcome = 'refused';
}

function storeOfStranger(history: ChangeableHistory): void {
  const content = 'let me in';
  history.sends.push({ sender: STRANGER, conversation: 0, clientMessageId: null, content, attempts: [] });
  append(history, { ...at(history, 0), id: 'y', sender: STRANGER, clientMessageId: null, content });
}

function leaveNumberOut(history: ChangeableHistory, place: number): void {
  for (const index of room(history).slice(place)) {
    const message = there(history.messages[index]);
    message.seq += 1;
    message.rev += 1;
  }
  const end = there(history.ends[0]);
  end.lastSeq = end.rev = room(history).length + 1;
}

function showOther(history: ChangeableHistory): void {
  receivedBy(history)[3] = history.messages.push({ ...at(history, 3), content: 'other' }) - 1;
}

function showPhantom(history: ChangeableHistory): void {
  receivedBy(history).push(history.messages.push({ ...at(history, 3), id: 'nowhere' }) - 1);
}

function leak(history: ChangeableHistory): void {
  const stream = there(history.streams[ANNA]);
  history.streams.push({ ...stream, client: STRANGER, untilEnd: false, messages: [indexAt(history, 3)] });
}
