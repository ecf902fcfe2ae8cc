/** Whom a name means: two members may have the same one. */
export type Names = ReadonlyMap<string, readonly string[]>;

/** A place in a text where somebody is mentioned. */
export interface MentionPlace {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly string[];
}

/** In place of an id: all members. */
export const EVERYBODY = '*';
/** How all members are called, in any language: the reader may have another one than the author. */
export const WORDS_FOR_EVERYBODY: readonly string[] = ['all', 'tous'];

/** Not within a word, as in an address. */
const AT = /(?<![\p{L}\p{N}_.])@/gu;
const WORD = /^[\p{L}\p{N}_]/u;

/** Finds the names after `@`, of several that fit the longest one. */
export function findMentions(text: string, names: Names): readonly MentionPlace[] {
  const longestFirst = [...names].toSorted(([one], [other]) => other.length - one.length);
  const places: MentionPlace[] = [];
  for (const { index: start } of text.matchAll(AT)) {
    const rest = text.slice(start + 1);
    const found = longestFirst.find(([name]) => rest.startsWith(name) && !WORD.test(rest.slice(name.length)));
    if (found) places.push({ start, end: start + 1 + found[0].length, ids: found[1] });
  }
  return places;
}
