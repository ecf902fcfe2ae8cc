import { expect, it } from 'vitest';
import { EmittedRevs } from './emitted-revs.js';

it('lets each rev of a conversation through once, and never goes back', () => {
  const revs = new EmittedRevs();
  expect([1, 2, 2, 1, 5, 4, 6].map((rev) => revs.advance('a', rev))).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(revs.advance('b', 1)).toBe(true);
});

it('forgets the conversation that has been quiet the longest', () => {
  const revs = new EmittedRevs(2);
  for (const [conversationId, rev] of [
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['c', 1],
  ] as const) {
    expect(revs.advance(conversationId, rev)).toBe(true);
  }
  expect(revs.advance('a', 2)).toBe(false);
  expect(revs.advance('b', 1)).toBe(true);
});
