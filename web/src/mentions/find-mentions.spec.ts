import { expect, it } from 'vitest';
import { findMentions } from './find-mentions.ts';

const names = new Map([
  ['Ann', ['1']],
  ['Ann Lee', ['2']],
  ['Zoé', ['3', '4']],
  ['(.*)', ['5']],
]);

it.for([
  ['@Ann', ['@Ann → 1']],
  ['Hello @Ann Lee, and @Ann!', ['@Ann Lee → 2', '@Ann → 1']],
  ['(@Zoé)', ['@Zoé → 3 4']],
  ['@(.*) is a name, too', ['@(.*) → 5']],
  ['ann@Ann.example and a.@Ann', []],
  ['@Annie @ann @ Ann @', []],
  ['مرحبا @Ann', ['@Ann → 1']],
] as const)('%s', ([text, expected]) => {
  const found = findMentions(text, names);
  expect(found.map(({ start, end, ids }) => `${text.slice(start, end)} → ${ids.join(' ')}`)).toEqual(
    expected,
  );
});

it('takes no time for a text of nothing but signs', () => {
  const many = new Map(Array.from({ length: 500 }, (_, index) => [`Name ${index}`, [String(index)]]));
  const start = performance.now();
  expect(findMentions('@'.repeat(4_000), many)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(500);
});
