import { refuse } from './refusal.ts';

/** A sorted copy: environments of embedders may be older than `toSorted`. */
export function sorted<T>(items: Iterable<T>, compare: (a: T, b: T) => number): T[] {
  const copy = [...items];
  copy.sort(compare);
  return copy;
}

/** A copy in the opposite order. */
export function reversed<T>(items: readonly T[]): T[] {
  const copy = [...items];
  copy.reverse();
  return copy;
}

/** Order of texts. */
export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Length of a text in code points. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** A part of a list, which the offset of its cursor begins. */
export function pageOf<T>(
  items: readonly T[],
  { limit = 20, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): { readonly data: readonly T[]; readonly nextCursor: string | null } {
  const given = cursor === undefined ? '0' : (/^after-(\d+)$/.exec(cursor)?.[1] ?? refuse('CURSOR_INVALID'));
  const start = Number(given);
  const end = start + limit;
  return { data: items.slice(start, end), nextCursor: end < items.length ? `after-${end}` : null };
}
