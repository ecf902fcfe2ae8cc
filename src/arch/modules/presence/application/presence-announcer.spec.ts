import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePresence } from '../../../../../test/fakes/fake-presence.js';

const SECOND = 1_000;

let presence: FakePresence;
beforeEach(() => {
  vi.useFakeTimers();
  presence = new FakePresence();
});
afterEach(() => {
  presence.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const watch = (socketId: string, viewerId: string, ...userIds: string[]) =>
  presence.watchers.replaceSubscription(socketId, viewerId, userIds).setAnswer([]);
const sent = () =>
  presence.publisher.sent.map(({ socketId, presence: { status } }) => `${socketId} ${status}`);
const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

it('sends a change to each socket that watches the user and may see it, and to no other', async () => {
  presence.friends('ada', 'bob', 'eve');
  watch('bob-1', 'bob', 'ada');
  watch('bob-2', 'bob', 'ada', 'eve');
  watch('eve-1', 'eve', 'bob');
  watch('stranger-1', 'stranger', 'ada');
  presence.online.setOnline('ada', true);
  await settle();
  expect(sent()).toEqual(['bob-1 online', 'bob-2 online']);
});

it('has the time when the user was last seen, once that is stored', async () => {
  presence.friends('ada', 'bob');
  watch('bob-1', 'bob', 'ada');
  presence.online.setOnline('ada', true);
  await settle(20 * SECOND);
  vi.setSystemTime(new Date('2026-05-01T12:34:56.789Z'));
  await presence.store.recordSeen([{ userId: 'ada', age: 0 }]);
  presence.online.setOnline('ada', false);
  await settle(10 * SECOND);
  expect(presence.publisher.sent.at(-1)?.presence).toEqual({
    userId: 'ada',
    status: 'offline',
    lastSeenAt: new Date('2026-05-01T12:34:00.000Z'),
  });
});

const HIDDEN = { userId: 'ada', status: 'offline', lastSeenAt: null };

type Change = (leave: (userId: string) => void) => void;
const hides =
  (userId: string): Change =>
  () =>
    presence.store.setAudience(userId, 'nobody');

describe('when a user may no longer be seen', () => {
  it.for<readonly [string, Change]>([
    ['ada', (leave) => leave('ada')],
    ['bob', (leave) => leave('bob')],
    ['ada', () => presence.acquaintances.block('ada', 'bob')],
    ['bob', () => presence.acquaintances.block('bob', 'ada')],
    ['ada', hides('ada')],
    ['bob', hides('bob')],
    ['ada', () => presence.store.deleteAccount('ada')],
  ])(
    'who saw the user online is sent one last offline, at once and without a time, and nothing afterwards (%#)',
    async ([changed, change]) => {
      const leave = presence.friends('ada', 'bob');
      await presence.store.recordSeen([{ userId: 'ada', age: 0 }]);
      watch('bob-1', 'bob', 'ada');
      watch('bob-2', 'bob', 'ada');
      presence.online.setOnline('ada', true);
      await settle(SECOND);
      change(leave);
      presence.visibility.changeVisibility(changed);
      await settle();
      expect(sent()).toEqual(['bob-1 online', 'bob-2 online', 'bob-1 offline', 'bob-2 offline']);
      expect(presence.publisher.sent.slice(2).map((one) => one.presence)).toEqual([HIDDEN, HIDDEN]);
      for (const isOnline of [false, true, false]) {
        presence.online.setOnline('ada', isOnline);
        await settle(20 * SECOND);
      }
      presence.visibility.changeVisibility(changed);
      await settle(20 * SECOND);
      expect(sent()).toHaveLength(4);
    },
  );

  it('who did not see the user online is sent nothing', async () => {
    const leave = presence.friends('ada', 'bob');
    watch('bob-1', 'bob', 'ada');
    watch('stranger-1', 'stranger', 'ada');
    leave('ada');
    presence.visibility.changeVisibility('ada');
    await settle(20 * SECOND);
    expect(sent()).toEqual([]);
  });

  it('a change of which this node was not told ends at the next change of the user', async () => {
    const leave = presence.friends('ada', 'bob');
    watch('bob-1', 'bob', 'ada');
    presence.online.setOnline('ada', true);
    await settle(10 * SECOND);
    leave('bob');
    presence.online.setOnline('ada', false);
    await settle(20 * SECOND);
    expect(presence.publisher.sent.at(-1)?.presence).toEqual(HIDDEN);
    expect(sent()).toEqual(['bob-1 online', 'bob-1 offline']);
  });
});

describe('when a user may be seen again', () => {
  it.for([
    ['ada', 'ada'],
    ['ada', 'bob'],
    ['bob', 'ada'],
    ['bob', 'bob'],
  ] as const)('%s blocks and unblocks, and %s is online: it is shown again', async ([blocker, changed]) => {
    presence.friends('ada', 'bob');
    watch('bob-1', 'bob', 'ada');
    presence.online.setOnline('ada', true);
    await settle(20 * SECOND);
    const other = blocker === 'ada' ? 'bob' : 'ada';
    presence.acquaintances.block(blocker, other);
    presence.visibility.changeVisibility(changed);
    await settle(20 * SECOND);
    presence.acquaintances.unblock(blocker, other);
    presence.visibility.changeVisibility(changed);
    await settle();
    expect(sent()).toEqual(['bob-1 online', 'bob-1 offline', 'bob-1 online']);
  });

  it('is shown online ten seconds after the last event about it, however often it hides', async () => {
    presence.friends('ada', 'bob');
    watch('bob-1', 'bob', 'ada');
    presence.online.setOnline('ada', true);
    await settle(20 * SECOND);
    for (const audience of ['nobody', 'everyone', 'nobody', 'everyone'] as const) {
      presence.store.setAudience('ada', audience);
      presence.visibility.changeVisibility('ada');
      await settle(SECOND);
    }
    // The first event was emitted four seconds ago.
    await settle(6 * SECOND - 1);
    expect(sent()).toEqual(['bob-1 online', 'bob-1 offline']);
    await settle(1);
    expect(sent()).toEqual(['bob-1 online', 'bob-1 offline', 'bob-1 online']);
    await settle(60 * SECOND);
    expect([sent().length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  it('who has hidden by then is not', async () => {
    presence.friends('ada', 'bob');
    watch('bob-1', 'bob', 'ada');
    presence.online.setOnline('ada', true);
    await settle(20 * SECOND);
    for (const audience of ['nobody', 'everyone', 'nobody'] as const) {
      presence.store.setAudience('ada', audience);
      presence.visibility.changeVisibility('ada');
      await settle(SECOND);
    }
    await settle(60 * SECOND);
    expect(sent()).toEqual(['bob-1 online', 'bob-1 offline']);
  });
});

it('a change of many people asks only for those whom sockets of this node watch, 200 pairs at once', async () => {
  const people = Array.from({ length: 5_000 }, (_, index) => `user-${index}`);
  const watched = people.slice(0, 150);
  presence.friends('bob', 'eve', ...people);
  watch('bob-1', 'bob', ...watched);
  watch('eve-1', 'eve', ...watched);
  for (const userId of people) presence.visibility.changeVisibility(userId);
  await settle();
  expect(presence.acquaintances.asked.flat()).toHaveLength(300);
  expect(Math.max(...presence.acquaintances.asked.map(({ length }) => length))).toBeLessThanOrEqual(200);
});

it('checks again at each event: leaving and a block end it', async () => {
  const leave = presence.friends('ada', 'bob');
  presence.friends('ada', 'eve');
  watch('bob-1', 'bob', 'ada');
  watch('eve-1', 'eve', 'ada');
  presence.online.setOnline('ada', true);
  await settle(10 * SECOND);
  leave('bob');
  presence.online.setOnline('ada', false);
  await settle(20 * SECOND);
  presence.acquaintances.block('ada', 'eve');
  presence.online.setOnline('ada', true);
  await settle(20 * SECOND);
  expect(sent()).toEqual(['bob-1 online', 'eve-1 online', 'bob-1 offline', 'eve-1 offline']);
  expect(presence.publisher.sent[2]?.presence).toEqual(HIDDEN);
});

it.for([
  ['ada', 'hides'],
  ['bob', 'hides, who sees nobody then'],
] as const)('sends nothing when %s %s', async ([hidden]) => {
  presence.friends('ada', 'bob');
  presence.store.setAudience(hidden, 'nobody');
  watch('bob-1', 'bob', 'ada');
  presence.online.setOnline('ada', true);
  await settle(20 * SECOND);
  expect(sent()).toEqual([]);
});

it('sends nothing more to a socket whose subscription was replaced or ended meanwhile', async () => {
  presence.friends('ada', 'bob');
  watch('bob-1', 'bob', 'ada');
  watch('bob-2', 'bob', 'ada');
  presence.online.setOnline('ada', true);
  watch('bob-1', 'bob', 'eve');
  presence.watchers.endSubscription('bob-2');
  await settle();
  expect(sent()).toEqual([]);
});

it('asks for at most 200 pairs at once, and reaches all watchers of one user', async () => {
  const viewers = Array.from({ length: 450 }, (_, index) => `viewer-${index}`);
  presence.friends('ada', ...viewers);
  for (const viewer of viewers) watch(viewer, viewer, 'ada');
  presence.online.setOnline('ada', true);
  await settle();
  expect(presence.acquaintances.asked.map(({ length }) => length)).toEqual([200, 200, 50]);
  expect(new Set(sent()).size).toBe(450);
});

it('asks for the watchers of many users at once', async () => {
  const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
  presence.friends('bob', 'first', ...users);
  watch('bob-1', 'bob', 'first', ...users);
  presence.online.setOnline('first', true);
  for (const user of users) presence.online.setOnline(user, true);
  await settle();
  expect(presence.acquaintances.asked.map(({ length }) => length)).toEqual([1, 50]);
  expect(sent()).toHaveLength(51);
});

it('tries again after a second while the database cannot be read, and sends the last state once', async () => {
  vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  presence.friends('ada', 'bob');
  watch('bob-1', 'bob', 'ada');
  presence.store.failure = new Error('The database is away.');
  presence.online.setOnline('ada', true);
  await settle(5 * SECOND);
  expect(sent()).toEqual([]);
  presence.store.failure = undefined;
  await settle(SECOND);
  expect(sent()).toEqual(['bob-1 online']);
  await settle(180 * SECOND);
  expect(sent()).toHaveLength(1);
});

it('leaves no timer at the end, also while it waits for the database', async () => {
  vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  presence.friends('ada', 'bob');
  watch('bob-1', 'bob', 'ada');
  presence.store.failure = new Error('The database is away.');
  presence.online.setOnline('ada', true);
  await settle();
  presence.stop();
  // What is left is the log's, which begins no other one.
  await settle(120 * SECOND);
  expect([sent(), vi.getTimerCount()]).toEqual([[], 0]);
});
