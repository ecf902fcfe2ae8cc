import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldName } from './search-name.js';

it.each([
  ['case', 'ADA', 'ada'],
  ['accents', 'Élodie', 'elodie'],
  ['accents of their own', 'E\u0301lodie', 'elodie'],
  ['both dots of a Turkish i', 'İIıi', 'iiii'],
  ['a sharp s', 'Straße STRASSE STRAẞE', 'strasse strasse strasse'],
  ['the last sigma', 'ΟΔΥΣΣΕΥΣ Οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
  ['an iota below', 'ᾳᾼ', 'αα'],
  ['crossed letters', 'Łukasz Øyvind Đorđe', 'lukasz oyvind dorde'],
  ['letters in one', 'Ægir Œuvre ﬁne Ðuro Þór', 'aegir oeuvre fine duro thor'],
  ['letters of a word between others', 'ΑΣ ΑΣΑ', 'ασ ασα'],
  ['Arabic points', 'مُحَمَّد أحمد', 'محمد احمد'],
  ['Arabic stretching', 'محـــمد', 'محمد'],
  ['Hebrew points', 'שָׁלוֹם', 'שלום'],
  ['Cyrillic', 'ЁЛКА Йод', 'елка иод'],
  ['wide and styled letters', 'Ａｄａ 𝓐𝓭𝓪', 'ada ada'],
  ['what draws nothing', 'A\u200dd\u00ada\ufe0f', 'ada'],
])('%s does not count', (_what, name, folded) => {
  expect(foldName(name)).toBe(folded);
});

it.each([
  ['Indian vowels', 'कु', 'क'],
  ['Thai vowels', 'กุ', 'ก'],
  ['Japanese voicing', 'が', 'か'],
  ['Korean syllables', '각', '간'],
])('%s do', (_what, one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});

it.each(['\u0301', '\u064b\u0651', '\u05b8', '\ufe0f', '\u200d', '\u0640'])(
  'of %j alone nothing is left',
  (marks) => {
    expect(foldName(marks)).toBe('');
  },
);

it('is the same once folded or twice, and however composed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const folded = foldName(name);
      expect(foldName(folded)).toBe(folded);
      expect(foldName(name.normalize('NFC'))).toBe(foldName(name.normalize('NFD')));
    }),
  );
});

it('the folded beginning of a name is a beginning of the folded name', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(name, name, (beginning, rest) => {
      expect(foldName(beginning + rest).startsWith(foldName(beginning))).toBe(true);
    }),
  );
});
