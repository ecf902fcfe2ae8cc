import { expect, it } from 'vitest';
import { hasManyValues } from './has-many-values.js';

it.each<[string, unknown, number]>([
  ['a text', 'x'.repeat(1_000), 1],
  ['nothing', null, 1],
  ['an empty array', [], 1],
  ['an array', [1, 'two', [3]], 5],
  ['an object', { a: { b: {} }, c: null }, 4],
])('%s has so many values', (_, root, count) => {
  expect(hasManyValues(root, count)).toBe(false);
  expect(hasManyValues(root, count - 1)).toBe(true);
});

it.each(['[', '{"":'])('many are many however deeply they are nested in %j', (open) => {
  const close = open === '[' ? ']' : '}';
  const nested = JSON.parse(`${open.repeat(9_000)}1${close.repeat(9_000)}`) as unknown;
  expect(hasManyValues(nested, 8_192)).toBe(true);
});
