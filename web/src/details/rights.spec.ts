import { expect, it } from 'vitest';
import { mayRemove } from './rights.ts';

it.each([
  ['owner', 'admin', true],
  ['owner', 'member', true],
  ['admin', 'owner', false],
  ['admin', 'admin', false],
  ['admin', 'member', true],
  ['member', 'member', false],
] as const)('%s may remove %s: %s', (own, other, may) => expect(mayRemove(own, other)).toBe(may));
