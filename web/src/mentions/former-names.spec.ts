import { expect, it } from 'vitest';
import { withFormerNames } from './former-names.ts';

const NAMES = new Map([
  ['Ann', ['1']],
  ['Zoé', ['2']],
]);

const added = (texts: readonly string[], ids: readonly string[]) =>
  [...withFormerNames(texts, ids, NAMES)].slice(NAMES.size);

it('the words after an @ that nobody is called are those who are called something else now', () => {
  expect(added(['Hello @Robert, and @Ann'], ['1', '3'])).toEqual([['Robert', ['3']]]);
  expect(added(['@Jean-Luc and', '@Ada of @Jean-Luc'], ['3', '4'])).toEqual([
    ['Jean-Luc', ['3']],
    ['Ada', ['4']],
  ]);
});

it('they are nobody where it is not clear who', () => {
  expect(added(['Hello @Robert, see you @home'], ['3'])).toEqual([]);
  expect(added(['Hello @Robert'], ['3', '4'])).toEqual([]);
  expect(added(['Hello @Ann, see you @home'], ['1'])).toEqual([]);
  expect(added(['ada@Robert.example'], ['3'])).toEqual([]);
});
