import { expect, it } from 'vitest';
import { merging } from './merging.ts';
import { checkHistories, reportOf } from './model-world.ts';

it('a client has what the server has, after any of 60,000 histories', () => {
  expect(reportOf(checkHistories(merging, 60_000))).toBeNull();
});
