import { expect, it } from 'vitest';
import { merging } from './merging.ts';
import { checkHistories, reportOf } from './model-world.ts';

it('a client has what the server has, after any of 1,500 histories', () => {
  expect(reportOf(checkHistories(merging, 1_500))).toBeNull();
});
