import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
  presence.watchers.replaceSubscription(socketId, viewerId, userIds);
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
  expect(sent()).toEqual(['bob-1 online', 'eve-1 online', 'eve-1 offline']);
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
