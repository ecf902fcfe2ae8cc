import type { KeyboardEvent } from 'react';

/**
 * Where a key leads from a row of a list: arrow keys from one to the next, pages over as many as are in view, Home and End to the
 * first and the last. Null for other keys.
 * @param event of the element that scrolls, from a row
 */
export function placeAfterKey(
  { key, altKey, ctrlKey, metaKey, target, currentTarget }: KeyboardEvent<HTMLElement>,
  at: number,
  count: number,
): number | null {
  if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return null;
  const page = Math.max(1, Math.floor(currentTarget.clientHeight / target.offsetHeight) - 1);
  const places: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: 0,
    End: count - 1,
  };
  const place = places[key];
  return place === undefined ? null : Math.min(Math.max(place, 0), count - 1);
}
