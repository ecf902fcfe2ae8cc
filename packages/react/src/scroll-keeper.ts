import { distanceToEnd, type RowElements, steadyRow, topOf } from './visible-rows.ts';
import type { WindowPlace } from './window-place.ts';

export interface ScrollKeeper {
  /** After each change of rows or heights, before the next frame. */
  readonly keep: () => void;
  /** Before a change: what has grown since the last frame is corrected, what was scrolled stays. */
  readonly settle: () => void;
  /** After each scroll: our own changes, and those of the browser, are events as well. */
  readonly scrolled: () => void;
  /** Shows a row at a distance from the top of the window, and keeps it there until the reader scrolls. */
  readonly aim: (row: HTMLElement, top: () => number) => void;
  readonly follow: () => void;
}

/**
 * Keeps what the reader sees in its place. Browsers do most of it (scroll anchoring), but not at the very top, and Safari
 * does nothing: so the place of a row is remembered before each change, and the row moved back after it, before the frame.
 */
export function keepScroll(
  scroller: HTMLElement,
  rows: RowElements,
  place: WindowPlace,
  isAtEnd: () => boolean,
): ScrollKeeper {
  let target: { row: HTMLElement; top: () => number } | undefined;
  let steady: { row: HTMLElement; top: number } | undefined;
  /** Of the scroller, when we have last seen it. */
  let lastTop = 0;
  let lastHeight = 0;

  function remember(): void {
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    const row = steadyRow(rows, scroller);
    if (!row) return;
    const top = topOf(row, scroller);
    // Differences too small to correct must not add up.
    if (steady?.row === row && Math.abs(steady.top - top) < 1) return;
    steady = { row, top };
    place.anchor = { key: row.dataset['key'], top };
  }

  function keep(): void {
    let delta = 0;
    if (target?.row.isConnected) delta = topOf(target.row, scroller) - target.top();
    else if (place.pinned && isAtEnd()) delta = distanceToEnd(scroller);
    else if (steady?.row.isConnected) delta = topOf(steady.row, scroller) - steady.top;
    if (Math.abs(delta) >= 1) scroller.scrollTop += delta;
    remember();
  }

  return {
    keep,
    settle: () => (scroller.scrollTop === lastTop ? keep() : remember()),
    scrolled() {
      const moved = scroller.scrollTop - lastTop;
      if (target && (scroller.scrollHeight !== lastHeight || Math.abs(moved) <= 1)) return;
      target = undefined;
      if (distanceToEnd(scroller) <= 1) place.pinned = isAtEnd();
      else if (moved < 0) place.pinned = false;
      remember();
    },
    aim(row, top) {
      target = { row, top };
      place.pinned = false;
      keep();
    },
    follow() {
      target = undefined;
      place.pinned = true;
      keep();
    },
  };
}
