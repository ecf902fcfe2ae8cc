import { beforeEach, expect, it } from 'vitest';
import { PresenceWatchers } from './presence-watchers.js';

let watchers: PresenceWatchers;
beforeEach(() => {
  // Room for 100 watched users: each takes 450 bytes of a sixteenth of the heap.
  watchers = new PresenceWatchers(100 * 450 * 16);
});

const socketsOf = (userId: string): [string, string[]][] =>
  watchers
    .pairsOfWatched(userId)
    .map(({ viewerId, watchers: found }) => [viewerId, found.map(({ socketId }) => socketId)]);
const ids = (count: number, prefix = 'user'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

it('finds the sockets that watch a user, by their own user', () => {
  watchers.replaceSubscription('s1', 'ada', ['eve', 'dan']);
  watchers.replaceSubscription('s2', 'ada', ['eve']);
  watchers.replaceSubscription('s3', 'bob', ['eve']);
  expect(socketsOf('eve')).toEqual([
    ['ada', ['s1', 's2']],
    ['bob', ['s3']],
  ]);
  expect([socketsOf('dan'), socketsOf('ada')]).toEqual([[['ada', ['s1']]], []]);
  expect([watchers.isWatched('dan'), watchers.isWatched('ada')]).toEqual([true, false]);
});

it('finds whom the sockets of a user watch', () => {
  watchers.replaceSubscription('s1', 'ada', ['eve', 'dan']);
  watchers.replaceSubscription('s2', 'ada', ['eve']);
  watchers.replaceSubscription('s3', 'bob', ['eve']);
  const found = watchers
    .pairsOfViewer('ada')
    .map(({ userId, watchers: [...all] }) => [userId, all.map(({ socketId }) => socketId)]);
  expect(found).toEqual([
    ['eve', ['s1', 's2']],
    ['dan', ['s1']],
  ]);
  watchers.endSubscription('s3');
  expect(['ada', 'bob', 'eve'].map((userId) => watchers.isWatching(userId))).toEqual([true, false, false]);
});

it('a subscription replaces that before of its socket, an empty one ends it', () => {
  const before = watchers.replaceSubscription('s1', 'ada', ['eve']);
  watchers.replaceSubscription('s1', 'ada', ['dan']);
  expect([socketsOf('eve'), socketsOf('dan')]).toEqual([[], [['ada', ['s1']]]]);
  expect(watchers.isCurrent(before)).toBe(false);
  watchers.replaceSubscription('s1', 'ada', []);
  expect(watchers.size).toEqual({ sockets: 0, users: 0 });
});

it('keeps nothing of a socket that has gone', () => {
  watchers.replaceSubscription('s1', 'ada', ids(50));
  watchers.endSubscription('s1');
  watchers.endSubscription('s1');
  expect(watchers.size).toEqual({ sockets: 0, users: 0 });
});

it('refuses what has no room, with a time to try again, and has the room again afterwards', () => {
  watchers.replaceSubscription('s1', 'ada', ids(60));
  watchers.replaceSubscription('s2', 'bob', ids(40));
  expect(() => watchers.replaceSubscription('s3', 'eve', ids(1))).toThrow(
    expect.objectContaining({ code: 'UNAVAILABLE', retryAfterMs: 5_000 }),
  );
  // The earlier subscription of the socket makes room for its next one.
  watchers.replaceSubscription('s2', 'bob', ids(40, 'other'));
  watchers.endSubscription('s1');
  watchers.replaceSubscription('s3', 'eve', ids(60));
  expect(watchers.size.sockets).toBe(2);
});
