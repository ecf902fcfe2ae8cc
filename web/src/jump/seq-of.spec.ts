import { expect, it } from 'vitest';
import { seqOf } from './seq-of.ts';

it.for([
  ['/c/a/m/1', 1],
  ['/c/a/m/120', 120],
  ['/c/a', undefined],
  ['/c/a/m/0', undefined],
  ['/c/a/m/-1', undefined],
  ['/c/a/m/1e3', undefined],
  ['/c/a/m/1.5', undefined],
  ['/c/a/m/99999999999999999999', undefined],
  ['/c/a/m/1/2', undefined],
  ['/c/b/m/1', undefined],
] as const)('of %s reads %s', ([path, expected]) => {
  expect(seqOf(path, 'a')).toBe(expected);
});
