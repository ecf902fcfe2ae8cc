import { expect, it } from 'vitest';
import type { Mentionable } from './mentionable.ts';
import { matching } from './mentionable.ts';
import { namesOf } from './names-of.ts';

const person = (id: string, name: string): Mentionable => ({ id, name, avatarUrl: null });

it('means by a name whom one has chosen, or else the only member of that name', () => {
  const members = [person('1', 'Ada'), person('2', 'Bob'), person('3', 'Bob'), person('4', 'Cy')];
  expect([...namesOf([], members)]).toEqual([
    ['Ada', ['1']],
    ['Cy', ['4']],
  ]);
  const both = namesOf([person('3', 'Bob'), person('3', 'Bob'), person('2', 'Bob')], members);
  expect(both.get('Bob')).toEqual(['3', '2']);
});

it('finds people by the beginning of each of their names, without accents and case', () => {
  const people = [person('1', 'Ada Élan'), person('2', 'Élodie'), person('3', 'Bob')];
  expect(matching(people, 'el').map(({ id }) => id)).toEqual(['2', '1']);
  expect(matching(people, 'ada e').map(({ id }) => id)).toEqual(['1']);
  expect(matching(people, 'd')).toEqual([]);
  expect(matching(people, '')).toHaveLength(3);
});
