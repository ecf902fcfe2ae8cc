import type { KeyboardEvent } from 'react';

/**
 * Arrow keys lead from one row of a list to the next, pages over as many as are in view, Home and End to the first and the last.
 * @param rows the elements that take the focus, in their order
 */
export function moveFocus(event: KeyboardEvent<HTMLElement>, rows: readonly HTMLElement[]): void {
  const at = rows.findIndex((row) => row === event.target);
  const row = rows[at];
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / row.offsetHeight) - 1);
  const places: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: 0,
    End: rows.length - 1,
  };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  rows[Math.min(Math.max(place, 0), rows.length - 1)]?.focus();
}
