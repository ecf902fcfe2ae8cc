import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaWords } from './schema-words.js';

const schema = z.strictObject({
  text: z.string().min(2).max(3),
  count: z.int().min(1).max(9),
  flag: z.boolean(),
  list: z.array(z.number()).min(1).max(2),
  kind: z.enum(['one', 'other']),
  date: z.iso.datetime(),
});

it.each([
  [{}, Object.keys(schema.shape).map((name) => `${name} is required`)],
  [
    { text: 1, count: 'x', flag: 'yes', list: {}, kind: 'third', date: 1 },
    [
      'text must be a string',
      'count must be a number',
      'flag must be true or false',
      'list must be an array',
      'kind must be one or other',
      'date must be a string',
    ],
  ],
  [
    { text: 'a', count: 0, flag: true, list: [], kind: 'one', date: 'x' },
    [
      'text must have at least 2 characters',
      'count must be at least 1',
      'list must have at least 1 entries',
      'date is not valid',
    ],
  ],
  [
    { text: 'abcd', count: 10, flag: true, list: [1, 2, 3], kind: 'one', date: 'x', more: 1 },
    [
      'text must have at most 3 characters',
      'count must be at most 9',
      'list must have at most 2 entries',
      'date is not valid',
      ' must not have more',
    ],
  ],
  [
    { text: 'ab', count: 1.5, flag: true, list: [null], kind: 'one', date: 'x' },
    ['count must be a whole number', 'list.0 must be a number', 'date is not valid'],
  ],
])('%j', (value, words) => {
  const { error } = schema.safeParse(value, { error: schemaWords });
  expect(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(words);
});
