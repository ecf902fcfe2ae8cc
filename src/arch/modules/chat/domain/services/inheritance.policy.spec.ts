import { expect, it } from 'vitest';
import { chooseHeir } from './inheritance.policy.js';

const member = (userId: string) => ({ userId, role: 'member' as const });
const admin = (userId: string) => ({ userId, role: 'admin' as const });

it.each([
  ['nobody where nobody is left', [], null],
  ['the oldest member where there is no admin', [member('a'), member('b')], 'a'],
  ['an admin before older members', [member('a'), admin('b')], 'b'],
  ['the oldest of the admins', [member('a'), admin('b'), admin('c'), member('d')], 'b'],
])('a conversation is inherited by %s', (_, others, heir) => {
  expect(chooseHeir(others)).toBe(heir);
});
