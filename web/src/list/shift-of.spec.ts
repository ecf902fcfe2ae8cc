import { expect, it } from 'vitest';
import { shiftOf } from './shift-of.ts';

const BEFORE = [
  ['c', 2],
  ['d', 3],
  ['e', 4],
] as const;

it.for([
  { what: 'nothing has moved', ids: 'abcdefg', shift: 0 },
  { what: 'a row from below the view has come to the top', ids: 'gabcdef', shift: 1 },
  { what: 'a row of the view has come to the top', ids: 'dabcefg', shift: 0 },
  { what: 'the first row of the view has come to the top', ids: 'cabdefg', shift: 0 },
  { what: 'a row above the view has gone', ids: 'bcdefg', shift: -1 },
  { what: 'the rows of the view have gone', ids: 'abfg', shift: 0 },
])('$what: $shift', ({ ids, shift }) => {
  expect(shiftOf(BEFORE, ids.split(''))).toBe(shift);
});
