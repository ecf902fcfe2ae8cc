import { expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { toReactionKind } from './reaction.model.js';

const FAMILY = '👨\u200d👩\u200d👧\u200d👦';

it.each([
  ['👍', '👍'],
  ['❤\ufe0f', '❤'],
  ['❤\ufe0e', '❤'],
  ['1\ufe0f\u20e3', '1\u20e3'],
  [FAMILY, FAMILY],
  ['👍🏽', '👍🏽'],
  ['🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}'],
  [':ship:', ':ship:'],
  ['e\u0301', '\u00e9'],
  // Only together do they compose: the selector goes first.
  ['e\ufe0f\u0301', '\u00e9'],
  ['__proto__', '__proto__'],
  ['...', '...'],
  ['%2F', '%2F'],
  ['👍'.repeat(32), '👍'.repeat(32)],
  ['❤\ufe0f'.repeat(32), '❤'.repeat(32)],
])('of %j the key is %j, and the form stays', (emoji, key) => {
  expect(toReactionKind(emoji)).toEqual({ key, emoji });
  expect(toReactionKind(key).key).toBe(key);
});

it.each([
  '',
  '\ufe0f',
  '\u200d',
  ' ',
  'a b',
  'a\u00a0b',
  '👍\n',
  'a\tb',
  '\0',
  'a\u0007',
  '\u202eabc',
  '\ud83d',
  '/',
  'a/b',
  '.',
  '..',
  '.\ufe0f.',
  '👍'.repeat(33),
  `👍${'\ufe0f'.repeat(64)}`,
  '\u0301',
])('%j is no reaction', (emoji) => {
  expect(() => toReactionKind(emoji)).toThrow(ValidationFailedError);
});
