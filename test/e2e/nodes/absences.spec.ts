import { expect, it } from 'vitest';
import { absencesOf, landedInside } from './absences.js';

it('what a former member does is inside an absence until the addition, and after the last removal for ever', () => {
  const log = [
    { kind: 'member_removed', rev: 5 },
    { kind: 'member_added', rev: 9 },
    { kind: 'member_removed', rev: 12 },
  ];
  const absences = absencesOf(log);
  const landed = [4, 6, 8, 10, 11, 13, 99].map((rev) => ({ what: 'edit', rev }));
  expect(landedInside(absences, landed).map(({ rev }) => rev)).toEqual([6, 8, 13, 99]);
  expect(landedInside(absencesOf([]), landed)).toEqual([]);
});
