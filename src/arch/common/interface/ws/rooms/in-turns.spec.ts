import { expect, it } from 'vitest';
import { inTurns } from './in-turns.js';

const nextTurn = () => new Promise((resolve) => void setImmediate(resolve));

it('does so many in each turn, in their order, and the first ones at once', async () => {
  const done: number[] = [];
  inTurns([1, 2, 3, 4, 5], 2, (item) => done.push(item));
  expect(done).toEqual([1, 2]);
  await nextTurn();
  expect(done).toEqual([1, 2, 3, 4]);
  await nextTurn();
  expect(done).toEqual([1, 2, 3, 4, 5]);
});

it('does nothing without items', () => {
  expect(() =>
    inTurns([], 2, () => {
      throw new Error('There is none.');
    }),
  ).not.toThrow();
});
