import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MeUpdated } from '../../domain/events/chat-event.js';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../domain/models/own-membership.model.js';
import type { OwnReactions } from '../../domain/models/own-reactions.model.js';
import { MembershipUpdates } from './membership-updates.js';

let emitted: [version: number, socketId: string | undefined][];
let sets: (readonly OwnReactions[])[];
let updates: MembershipUpdates;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  emitted = [];
  sets = [];
  updates = new MembershipUpdates(({ me, own, socketId }) => {
    if (me) emitted.push([me.version, socketId]);
    if (own) sets.push(own);
  });
});
afterEach(() => void vi.useRealTimers());

function update(
  version: number,
  socketId?: string,
  more: { joinedAt?: Date; conversationId?: string } = {},
): void {
  const { joinedAt = new Date(0), conversationId = 'c' } = more;
  const stored = { ...UNCHANGED_MEMBERSHIP, role: 'member' as const, joinedAt, version, ownReadSeq: 0 };
  const event: MeUpdated = {
    kind: 'me_updated',
    conversationId,
    userId: 'u',
    me: ownMembershipOf(stored, 0),
    socketId,
  };
  updates.emitUpdate(event);
}

it('emits the first at once, and of later ones the highest version once a second', () => {
  for (const version of [3, 5, 9, 7]) update(version);
  expect(emitted).toEqual([[3, undefined]]);
  vi.advanceTimersByTime(1_000);
  expect(emitted).toEqual([
    [3, undefined],
    [9, undefined],
  ]);
});

it('a membership that begins anew is later than the one before, whatever its version', () => {
  update(9);
  update(1, undefined, { joinedAt: new Date(1) });
  vi.advanceTimersByTime(1_000);
  expect(emitted.map(([version]) => version)).toEqual([9, 1]);
});

it('memberships of several conversations do not wait for each other', () => {
  update(1);
  update(2, undefined, { conversationId: 'd' });
  expect(emitted).toHaveLength(2);
});

it('a waiting update leaves a socket out only when all that it stands for have answered that one', () => {
  update(1, 'a');
  update(2, 'a');
  update(3, 'a');
  vi.advanceTimersByTime(1_000);
  update(4, 'a');
  update(5, 'b');
  vi.advanceTimersByTime(1_000);
  expect(emitted).toEqual([
    [1, 'a'],
    [3, 'a'],
    [5, undefined],
  ]);
});

it('what waits is dropped with its epoch', () => {
  update(1);
  update(2);
  updates.cancelUpdates();
  vi.advanceTimersByTime(1_000);
  expect(emitted).toEqual([[1, undefined]]);
});

function react(...own: OwnReactions[]): void {
  updates.emitUpdate({ kind: 'me_updated', conversationId: 'c', userId: 'u', own, socketId: undefined });
}
const set = (messageId: string, rev: number, ...emojis: string[]) => ({ messageId, rev, emojis });

it('no own reaction is lost, whatever is merged: of each message the latest', () => {
  update(1);
  react(set('a', 5, '👍'));
  update(2);
  react(set('b', 6, '👍'));
  react(set('a', 7));
  react(set('a', 4, '🎉'));
  update(1);
  vi.advanceTimersByTime(1_000);
  expect(emitted.map(([version]) => version)).toEqual([1, 2]);
  expect(sets).toEqual([[set('a', 7), set('b', 6, '👍')]]);
});

it('a membership is not lost behind own reactions', () => {
  react(set('a', 5, '👍'));
  update(3, 'one');
  react(set('b', 6, '👍'));
  vi.advanceTimersByTime(1_000);
  expect(emitted).toEqual([[3, undefined]]);
  expect(sets).toEqual([[set('a', 5, '👍')], [set('b', 6, '👍')]]);
});
