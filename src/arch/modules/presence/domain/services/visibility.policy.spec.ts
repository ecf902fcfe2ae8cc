import { expect, it } from 'vitest';
import { seeEachOther } from './visibility.policy.js';

const side = (audience: 'everyone' | 'contacts' | 'nobody', hasWritten = false) => ({ audience, hasWritten });

it.each([
  [side('everyone'), side('everyone'), true],
  [side('everyone'), side('nobody'), false],
  [side('everyone'), side('nobody', true), false],
  [side('everyone'), side('contacts'), false],
  [side('everyone', true), side('contacts'), false],
  [side('everyone'), side('contacts', true), true],
  [side('contacts', true), side('contacts', true), true],
  [side('contacts', true), side('contacts'), false],
  [side('nobody'), side('nobody'), false],
])('%o and %o: %s, whichever of them reads', (one, other, expected) => {
  expect([seeEachOther(one, other), seeEachOther(other, one)]).toEqual([expected, expected]);
});
