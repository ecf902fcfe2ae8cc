/** Code points in a message at most: the server's limit. */
export const LONGEST = 4_000;

/** In code points, as the server counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
