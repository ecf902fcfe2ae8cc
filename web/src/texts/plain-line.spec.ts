import { expect, it } from 'vitest';
import { plainLine } from './plain-line.ts';

it('what changes the direction of text is left out', () =>
  expect(plainLine('\u202Etxt.exe\u2066 \u200F\u061C end\u2069', 80)).toBe('txt.exe end'));

it('several lines become one', () => expect(plainLine('  a\n\n\tb\r\n', 80)).toBe('a b'));

it('what is too long is cut between characters', () => expect(plainLine('👍'.repeat(5), 4)).toBe('👍👍👍…'));

it('what fits is kept', () => expect(plainLine('👍'.repeat(4), 4)).toBe('👍👍👍👍'));
