import { findMentions, type Names } from './find-mentions.ts';

/** The first word of a name: nobody knows where one ends that nobody has any more. */
const WORD = /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}_][\p{L}\p{M}\p{N}_'’-]*)/gu;

/**
 * The names, and words by which a message mentions people who have another name since: those after an `@` that are nobody's name,
 * where they are as many as the mentioned people whose names are missing.
 * @param texts all parts of the message in which people can be mentioned
 */
export function withFormerNames(texts: readonly string[], ids: readonly string[], names: Names): Names {
  const found = new Set<string>();
  const words = new Set<string>();
  for (const text of texts) {
    const places = findMentions(text, names);
    for (const { ids: meant } of places) meant.forEach((id) => found.add(id));
    for (const { index, 1: word = '' } of text.matchAll(WORD))
      if (!places.some(({ start }) => start === index)) words.add(word);
  }
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length !== words.size) return names;
  return new Map([
    ...names,
    ...[...words].map((word, index) => [word, missing.slice(index, index + 1)] as const),
  ]);
}
