import { expect, it } from 'vitest';
import { lastOf } from '../../src/merge/merge-state.ts';
import { merging, type Input, type State } from './merging.ts';
import type { ModelMessage } from './model-server.ts';
import { checkHistories, reportOf } from './model-world.ts';

const message = (seq: number, rev = seq): ModelMessage => ({
  id: `m${seq}`,
  seq,
  rev,
  senderId: 'ann',
  clientMessageId: null,
  text: `${rev}`,
  reactions: [],
});
const after = (state: State, ...inputs: readonly Input[]): State =>
  inputs.reduce((before, input) => merging.merge(before, input), state);
/** All of so many messages are held. */
const holding = (count: number): State => {
  const data = Array.from({ length: count }, (_, index) => message(count - index));
  const asked = after(
    merging.emptyState('me'),
    { kind: 'joined', rev: count, lastSeq: count },
    { kind: 'asked', place: 'latest' },
  );
  const page = {
    place: 'latest',
    load: asked.load,
    data,
    hasMoreBefore: false,
    hasMoreAfter: false,
  } as const;
  return after(asked, { kind: 'page', ...page });
};
/** What a reply shows of a message. */
const quote = (seq: number) => ({ id: `m${seq}`, seq, senderId: 'ann', excerpt: 'private' });
/** One's own reactions to message 10, as of a `rev` of it. */
const listed = (rev: number, ...emojis: string[]): Input => ({
  kind: 'own',
  reactions: { m10: emojis },
  revs: { m10: rev },
});

it('a client has what the server has, after any of 1,500 histories', () => {
  expect(reportOf(checkHistories(merging, 1_500))).toBeNull();
});

it('a message in 300 leaves the others, and a repeat the whole state', () => {
  const before = holding(300);
  const next = { kind: 'event', rev: 301, message: message(301) } as const;
  const state = after(before, next);
  expect([lastOf(state), state.cursor, state.rows[0] === before.rows[0]]).toEqual([301, 301, true]);
  expect([state.kept === before.kept, state.seen === before.seen]).toEqual([true, true]);
  expect(after(state, next)).toBe(state);
  expect(after(state, { kind: 'heard', rev: 3 }, { kind: 'failed', load: -1 })).toBe(state);
});

it.each([
  ['nothing is missing', 301, 301, null],
  ['a change is missing', 302, 301, 'changes'],
  ['500 changes are missing', 800, 301, 'changes'],
  ['more changes are missing', 802, 301, 'page'],
  ['300 messages are missing', 700, 600, 'changes'],
  ['more messages are missing', 700, 601, 'page'],
])('when %s, the way to catch up after change %i and message %i is %s', (_, rev, lastSeq, way) => {
  const state = after(holding(300), { kind: 'event', rev: 301, prevRev: 300 });
  expect(merging.catchUp(after(state, { kind: 'heard', rev, lastSeq }))).toBe(way);
});

it('catching up with 10,000 changes takes one page, and what is held stays until it is there', () => {
  const late = after(holding(10), { kind: 'heard', rev: 10_010, lastSeq: 10_010 });
  const asked = after(late, { kind: 'asked', place: 'latest' });
  expect([merging.catchUp(late), asked.rows]).toEqual(['page', late.rows]);
  const data = [message(10_010), message(10_009)];
  const page = { place: 'latest', data, hasMoreBefore: true, hasMoreAfter: false } as const;
  const state = after(asked, { kind: 'page', load: asked.load, ...page });
  expect([merging.catchUp(state), state.first, lastOf(state)]).toEqual([null, 10_009, 10_010]);
});

it('keeps 500 messages after a gap; what comes then is asked for again', () => {
  const first = holding(10);
  const events = Array.from({ length: 600 }, (_, index) => message(12 + index));
  const state = after(first, ...events.map((one): Input => ({ kind: 'event', rev: one.rev, message: one })));
  expect([state.kept.size, state.seen.size, state.head, merging.catchUp(state)]).toEqual([
    500,
    500,
    611,
    'page',
  ]);
  const closed = after(state, { kind: 'event', rev: 11, message: message(11) });
  expect([lastOf(closed), closed.cursor, merging.catchUp(closed)]).toEqual([511, 511, 'changes']);
});

it('an event that does not show all reactions of a message that is not held counts when the changes have the own ones', () => {
  const reactions = [{ emoji: '+1', count: 21, userIds: ['ann'] }];
  const shown = { ...message(12, 20), reactions };
  const own = { reactions: { m12: ['+1'] } };
  const state = after(holding(10), { kind: 'event', rev: 20, message: shown });
  expect([state.cursor, state.head, state.kept.size]).toEqual([10, 20, 0]);
  const page = { data: [message(11), shown], own, rev: 20, headRev: 20, lastSeq: 12 };
  const { cursor, rows } = after(state, { kind: 'changes', since: 10, ...page });
  expect([cursor, rows.at(-1)?.own]).toEqual([20, ['+1']]);
});

it('own reactions that come before their message wait for it', () => {
  const event = { kind: 'event', rev: 11, message: message(11) } as const;
  const changed = { ...message(11, 12), reactions: [{ emoji: '+1', count: 21, userIds: ['ann'] }] };
  const early = after(holding(10), { kind: 'own', reactions: { m11: ['+1'] }, revs: { m11: 12 } });
  const state = after(early, event, { kind: 'event', rev: 12, message: changed });
  expect([state.rows.at(-1)?.own, state.early.size, state.cursor]).toEqual([['+1'], 0, 12]);
});

it('an older list of own reactions does not take the place of a newer one', () => {
  const state = after(holding(10), listed(14, '+1'), listed(12), listed(14, '+1', 'ship'));
  expect(state.rows.at(-1)?.own).toEqual(['+1', 'ship']);
});

it('changes that were asked for before the database was restored are passed over', () => {
  const state = after(merging.emptyState<ModelMessage>('me', 1), { kind: 'joined', rev: 3, lastSeq: 3 });
  const page = { data: [message(8)], rev: 8, headRev: 8, lastSeq: 8 };
  expect(after(state, { kind: 'changes', since: 7, ...page }).cursor).toBe(3);
});

it('a reply shows nothing of a message that is hidden since, except for its place', () => {
  const replyTo = (seq: number, to: number): Input => ({
    kind: 'event',
    rev: seq,
    message: { ...message(seq), replyTo: quote(to) },
  });
  const before = after(holding(3), replyTo(4, 1), replyTo(5, 4));
  const cleared = after(before, { kind: 'visible-from', seq: 3 });
  const shown = after(cleared, replyTo(6, 2)).rows.map((row) => row.message.replyTo);
  expect(shown).toEqual([undefined, { id: 'm1', seq: 1 }, quote(4), { id: 'm2', seq: 2 }]);
  expect(after(cleared, { kind: 'visible-from', seq: 3 })).toBe(cleared);
});
