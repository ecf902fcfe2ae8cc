import { expect, it } from 'vitest';
import { EmittedRevs } from './emitted-revs.js';

it('lets each rev of a conversation through once, and never goes back', () => {
  const revs = new EmittedRevs();
  expect([1, 2, 2, 1, 5, 4, 6].map((rev) => revs.advanceRev('a', rev))).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(revs.advanceRev('b', 1)).toBe(true);
});

it('forgets the conversation that has been quiet the longest', () => {
  const revs = new EmittedRevs(2);
  for (const [conversationId, rev] of [
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['c', 1],
  ] as const) {
    expect(revs.advanceRev(conversationId, rev)).toBe(true);
  }
  expect(revs.advanceRev('a', 2)).toBe(false);
  expect(revs.advanceRev('b', 1)).toBe(true);
});
