import { expect, it } from 'vitest';
import { steady } from './steady.ts';

const of = (ids: string): { id: string }[] => ids.split('').map((id) => ({ id }));

it.for([
  ['bca', 'abc', 'abc'],
  ['cab', 'abc', 'abc'],
  ['xbca', 'abc', 'abcx'],
  ['cb', 'abc', 'bc'],
  ['xy', '', 'xy'],
] as const)('%s, held as %s, is shown as %s', ([now, held, expected]) => {
  expect(
    steady(of(now), held.split(''))
      .map(({ id }) => id)
      .join(''),
  ).toBe(expected);
});
