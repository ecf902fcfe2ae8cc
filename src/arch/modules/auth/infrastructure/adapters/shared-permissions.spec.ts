import { expect, test } from 'vitest';
import { sharedPermissions } from './shared-permissions.js';

const list = (resource: string) => [{ resource, actions: ['read'] }];

test('equal permissions are one list, others are not', () => {
  const first = sharedPermissions(list('messages'));
  expect(sharedPermissions(list('messages'))).toBe(first);
  expect(sharedPermissions(list('posts'))).toEqual(list('posts'));
});

test('however many lists there are, each is answered as it came', () => {
  for (let index = 0; index < 1_000; index += 1) {
    expect(sharedPermissions(list(`r${index}`))).toEqual(list(`r${index}`));
  }
});
