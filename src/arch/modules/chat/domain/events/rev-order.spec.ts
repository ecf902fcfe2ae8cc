import { expect, it } from 'vitest';
import { connectRevs, skipsChanges } from './rev-order.js';

it.each([
  [{ rev: 5 }, 3, true],
  [{ rev: 5 }, 4, false],
  [{ rev: 5 }, 5, false],
  [{ rev: 5, prevRev: 2 }, 1, true],
  [{ rev: 5, prevRev: 2 }, 2, false],
  [{ rev: 5, prevRev: 4 }, 3, true],
  [{ rev: 5, prevRev: 0 }, 0, false],
])('whether %j skips changes for somebody who knows %i: %s', (position, known, skips) => {
  expect(skipsChanges(position, known)).toBe(skips);
});

it('connects each change with the previous one, and the first with where the reader was', () => {
  const revs = [2, 3, 6, 7, 11].map((rev) => ({ rev }));
  expect(connectRevs(0, revs)).toEqual([
    { rev: 2, prevRev: 0 },
    { rev: 3 },
    { rev: 6, prevRev: 3 },
    { rev: 7 },
    { rev: 11, prevRev: 7 },
  ]);
  expect(connectRevs(1, [{ rev: 2 }])).toEqual([{ rev: 2 }]);
});

it('nobody who folds connected changes one by one is told to catch up', () => {
  let known = 0;
  for (const change of connectRevs(
    known,
    [3, 4, 9].map((rev) => ({ rev })),
  )) {
    expect(skipsChanges(change, known)).toBe(false);
    known = change.rev;
  }
});
