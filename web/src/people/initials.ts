const COLOURS = 8;

/** One of eight colours, always the same for an id. */
export function colourOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return sum % COLOURS;
}

const segmenter = new Intl.Segmenter();
/** The first character as people see it, also of emoji sequences. */
const first = (word: string): string =>
  segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '';

/** The first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [start = '', end = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return (first(start) + first(end)).toLocaleUpperCase();
}
