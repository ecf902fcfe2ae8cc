import { expect, it } from 'vitest';
import { MEMBERS_MAX } from '../models/conversation.model.js';
import { shareMembers } from './shared-changes.js';

const fitting = (...counts: number[]) =>
  shareMembers(counts.map((memberCount, index) => ({ id: `${index}`, memberCount })));

it.for([
  [[], []],
  [[MEMBERS_MAX], ['0']],
  [[MEMBERS_MAX + 1, 1], ['0']],
  [[MEMBERS_MAX, 1], ['0']],
  [
    [1, MEMBERS_MAX - 1, 1],
    ['0', '1'],
  ],
  [[2, MEMBERS_MAX - 1, 1], ['0']],
])('of conversations with %j members those of %j are read', ([counts, ids]) => {
  expect(fitting(...(counts as number[]))).toEqual(ids);
});
