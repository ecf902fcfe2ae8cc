/** Of the rules below: names folded by others are folded again. Counts up with every change of them. */
export const NAME_FOLDING = 1;

/**
 * Marks that stand on, below or in a letter without being one: accents, points of Arabic, Hebrew and Syriac, what draws
 * nothing. Vowels of the scripts of India and its neighbours are marks, too, but letters to their readers, as is what
 * makes a `ga` of a Japanese `ka`.
 */
const MARKS = String.raw`[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Cyrillic}]]`;
const DRAWS_NOTHING = String.raw`\p{Default_Ignorable_Code_Point}\u0640`;
const ALL_MARKS = new RegExp(String.raw`[[${MARKS}--[\u3099\u309a]]${DRAWS_NOTHING}]+`, 'gv');

/** Letters that Unicode takes for letters of their own, and people for these. */
const ALIKE: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ς: 'σ',
};
const LETTERS_ALIKE = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gv');

/**
 * A name, or the beginning of one, as a search compares it: neither case nor accents count, on every machine and in every
 * database alike. Empty when there is nothing but marks.
 */
export function foldName(name: string): string {
  return withoutMarks(lowerCase(withoutMarks(name))).replaceAll(
    LETTERS_ALIKE,
    (letter) => ALIKE[letter] ?? letter,
  );
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replaceAll(ALL_MARKS, '');
}

/** By way of the capitals, which some small letters share: `ß` is `SS`, `ς` and `σ` are `Σ`. Not at once: `ẞ` is a capital. */
function lowerCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}
