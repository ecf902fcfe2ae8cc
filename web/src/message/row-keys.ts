import type { KeyboardEvent } from 'react';

const PAGES: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/**
 * Arrow keys lead from row to row, where Tab reaches its buttons; pages to the row that is about a view away, Home and End to
 * the first and the last one that is loaded.
 * A row that is higher than what is left of the view is scrolled first. For the element that scrolls.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget: scroller } = event;
  const rows = [...scroller.querySelectorAll<HTMLElement>('article')];
  const at = rows.findIndex((row) => row === target || row.parentElement === target);
  // Keys within a row, and in what it has opened, are not for this.
  if (target !== scroller && at < 0) return;
  const [step, page] = [STEPS[key], PAGES[key]];
  const next =
    key === 'Home'
      ? rows[0]
      : key === 'End'
        ? rows.at(-1)
        : step
          ? nextRow(rows, at, step, scroller)
          : page && rowAPageAway(rows, at, page, scroller);
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

/** From the scroller itself one gets to the lowest row in view. */
function nextRow(
  rows: readonly HTMLElement[],
  at: number,
  step: number,
  scroller: HTMLElement,
): HTMLElement | undefined {
  const view = scroller.getBoundingClientRect();
  if (at < 0) return rows.findLast((row) => row.getBoundingClientRect().top < view.bottom);
  const place = rows[at]?.getBoundingClientRect();
  if (!place || (step < 0 ? place.top < view.top : place.bottom > view.bottom)) return undefined;
  return rows[at + step];
}

/** The first row that is a view away, or the last one there is. From the scroller itself the browser does it. */
function rowAPageAway(
  rows: readonly HTMLElement[],
  at: number,
  step: number,
  scroller: HTMLElement,
): HTMLElement | undefined {
  const from = rows[at];
  if (!from) return undefined;
  const isAway = (row: HTMLElement): boolean =>
    (row.offsetTop - from.offsetTop) * step >= scroller.clientHeight - row.offsetHeight;
  return step < 0
    ? (rows.slice(0, at).findLast(isAway) ?? rows[0])
    : (rows.slice(at).find(isAway) ?? rows.at(-1));
}
