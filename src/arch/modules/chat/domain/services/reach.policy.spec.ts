import { describe, expect, it } from 'vitest';
import { UserNotReachableError } from '../errors/user-not-reachable.error.js';
import type { Reach } from '../models/reach.model.js';
import { requireAddable, requireAllAddable, requireOpenable } from './reach.policy.js';

const FREE: Reach = { addableBy: 'everyone', hasWritten: false, hasBlocked: false, isBlocked: false };
const NOBODY: Reach = { ...FREE, addableBy: 'nobody' };

const isRefused = (check: () => void): boolean => {
  try {
    check();
    return false;
  } catch (error) {
    expect(error).toEqual(new UserNotReachableError());
    return true;
  }
};

/** Whether adding, opening what is not there, and opening what is there are refused. */
it.each<[string, Partial<Reach>, [adding: boolean, opening: boolean, opened: boolean]]>([
  ['everyone', {}, [false, false, false]],
  ['contacts, of which the requester is none', { addableBy: 'contacts' }, [true, true, false]],
  [
    'contacts, of which the requester is one',
    { addableBy: 'contacts', hasWritten: true },
    [false, false, false],
  ],
  ['nobody', { addableBy: 'nobody', hasWritten: true }, [true, true, false]],
  ['everyone, but has blocked the requester', { hasBlocked: true, hasWritten: true }, [true, true, true]],
  ['everyone, but is blocked by the requester', { isBlocked: true }, [false, true, true]],
])('a user who lets %s add it', (_label, changed, refused) => {
  const reach = { ...FREE, ...changed };
  expect([
    isRefused(() => requireAddable(reach)),
    isRefused(() => requireOpenable(reach, false)),
    isRefused(() => requireOpenable(reach, true)),
  ]).toEqual(refused);
});

describe('of several', () => {
  it('names the place of each who cannot be added, in the order of the request', () => {
    const reaches = new Map([
      ['c', NOBODY],
      ['a', FREE],
      ['b', { ...FREE, hasBlocked: true }],
    ]);
    expect(() => requireAllAddable(reaches, ['a', 'b', 'a', 'c', 'b'])).toThrow(
      new UserNotReachableError([
        { path: 'memberIds.1', message: 'You cannot reach the user b.' },
        { path: 'memberIds.3', message: 'You cannot reach the user c.' },
      ]),
    );
  });

  it('accepts those who can all be added', () => {
    expect(() => requireAllAddable(new Map([['a', FREE]]), ['a'])).not.toThrow();
  });
});
