import { describe, expect, it, vi } from 'vitest';
import { createUsers } from '../../src/users/create-users.ts';
import { settle } from '../support/fake-clock.ts';
import { fakeScope, messageOf } from '../support/fake-scope.ts';

const bob = { id: 'bob', displayName: 'Bob', avatarUrl: null };
const HEADS = { conversations: [], truncated: false, epoch: 'e1' };
const ignore = (): void => undefined;

describe('a profile', () => {
  it('is read once when somebody observes it, and not when it is known', async () => {
    const { scope, calls } = fakeScope({ 'GET /users/:id': () => ({ ...bob, bio: null, createdAt: '' }) });
    const users = createUsers(scope);
    users.note([{ ...bob, id: 'eve' }]);
    for (const id of ['bob', 'bob', 'eve']) users.profile(id).subscribe(ignore);
    await settle();
    expect(calls).toHaveLength(1);
    expect(users.profile('bob').getSnapshot()).toEqual(bob);
  });

  it('is asked for again by the next observer when it could not be read', async () => {
    const { scope, calls } = fakeScope();
    const users = createUsers(scope);
    users.profile('bob').subscribe(ignore);
    await settle();
    users.profile('bob').subscribe(ignore);
    await settle();
    expect(calls).toHaveLength(2);
  });

  it('has the last name that was told; what is read after a break is later', async () => {
    const { scope, tell, comeOnline } = fakeScope();
    const users = createUsers(scope);
    const { note } = users;
    const nameOf = (): string | undefined => users.profile('bob').getSnapshot()?.displayName;
    tell('new_message', messageOf(1));
    expect(nameOf()).toBe('Bob');
    tell('user_updated', { userId: 'bob', displayName: 'Robert', avatarUrl: null, version: 2 });
    tell('new_message', messageOf(2));
    note([bob]);
    expect(nameOf()).toBe('Robert');
    await comeOnline(HEADS);
    note([{ ...bob, displayName: 'Rob' }]);
    expect(nameOf()).toBe('Rob');
    const before = users.profile('bob').getSnapshot();
    note([{ ...bob, displayName: 'Rob' }]);
    expect(users.profile('bob').getSnapshot()).toBe(before);
  });
});

describe('presence', () => {
  it('is watched while somebody observes it, also after a break', async () => {
    const subscribe_presence = vi.fn<(watched: { userIds: readonly string[] }) => unknown>(({ userIds }) => ({
      presence: userIds.map((userId) => ({ userId, status: 'online' })),
    }));
    const { scope, clock, tell, comeOnline } = fakeScope({ subscribe_presence });
    const users = createUsers(scope);
    const presence = (id: string) => users.presence(id);
    await comeOnline(HEADS);
    expect(subscribe_presence).not.toHaveBeenCalled();
    const ends = [presence('bob'), presence('bob'), presence('eve')].map((one) => one.subscribe(ignore));
    await clock.pass(50);
    expect(subscribe_presence.mock.calls).toEqual([[{ userIds: ['bob', 'eve'] }]]);
    expect(presence('bob').getSnapshot()).toEqual({ userId: 'bob', status: 'online' });
    tell('presence', { userId: 'bob', status: 'offline' });
    expect(presence('bob').getSnapshot()).toEqual({ userId: 'bob', status: 'offline' });
    await comeOnline(HEADS);
    expect(subscribe_presence).toHaveBeenCalledTimes(2);
    ends[0]?.();
    ends[0]?.();
    await clock.pass(1_000);
    expect(subscribe_presence).toHaveBeenCalledTimes(2);
    ends[1]?.();
    await clock.pass(50);
    expect(subscribe_presence.mock.lastCall).toEqual([{ userIds: ['eve'] }]);
  });

  it('that is told again as it was is no change', () => {
    const { scope, tell } = fakeScope();
    const users = createUsers(scope);
    const told = (minute: number): unknown => {
      tell('presence', { userId: 'bob', status: 'offline', lastSeenAt: `2026-01-01T10:0${minute}:00.000Z` });
      return users.presence('bob').getSnapshot();
    };
    const before = told(0);
    expect(told(0)).toBe(before);
    expect(told(1)).not.toBe(before);
  });
});
