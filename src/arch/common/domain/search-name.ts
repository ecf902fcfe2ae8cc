/**
 * Version of the rules below: names folded by other versions are folded again. Increase it with every change of them.
 */
export const NAME_FOLDING = 1;

/**
 * Marks on, below or in a letter that do not make another letter: accents, points of Arabic, Hebrew and Syriac,
 * invisible marks. Vowels of the scripts of India and its neighbours are marks, too, but letters to their readers, and
 * so is the mark that makes a Japanese `ga` of `ka`.
 */
const MARKS = String.raw`[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Cyrillic}]]`;
const DRAWS_NOTHING = String.raw`\p{Default_Ignorable_Code_Point}\u0640`;
const ALL_MARKS = new RegExp(String.raw`[[${MARKS}--[\u3099\u309a]]${DRAWS_NOTHING}]+`, 'gv');

/** Letters that are distinct in Unicode, but that people type as these. */
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
 * A name, or a prefix of one, in the form that a search compares: without case and accents, the same on every machine
 * and in every database. Empty when the name has nothing but marks.
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

/**
 * Lower case by way of the capitals, which some small letters share: `ß` is `SS`, `ς` and `σ` are `Σ`. The first step
 * is lower case, as `ẞ` is a capital.
 */
function lowerCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}
