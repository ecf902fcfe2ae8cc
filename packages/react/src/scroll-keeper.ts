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
  /** The row that stays; `isAimed` if it was not the reader who has scrolled to it. */
  let held: { row: HTMLElement; top: () => number; isAimed: boolean } | undefined;
  /** Of the scroller, when we have last seen it. */
  let lastTop = 0;
  let lastHeight = 0;

  function hold(row: HTMLElement, top: () => number, isAimed: boolean): void {
    held = { row, top, isAimed };
    place.anchor = { key: row.dataset['key'], top: top() };
  }

  function remember(): void {
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    const row = steadyRow(rows, scroller);
    if (!row || held?.isAimed) return;
    const top = topOf(row, scroller);
    // Differences too small to correct must not add up.
    if (held?.row !== row || Math.abs(held.top() - top) >= 1) hold(row, () => top, false);
  }

  function keep(): void {
    if (!held?.row.isConnected) held = undefined;
    let delta = 0;
    if (place.pinned && isAtEnd()) delta = distanceToEnd(scroller);
    else if (held) delta = topOf(held.row, scroller) - held.top();
    if (Math.abs(delta) >= 1) scroller.scrollTop += delta;
    remember();
  }

  function scrolled(): void {
    const moved = scroller.scrollTop - lastTop;
    if (held?.isAimed) {
      if (scroller.scrollHeight !== lastHeight || Math.abs(moved) <= 1) return;
      held.isAimed = false;
    }
    if (distanceToEnd(scroller) <= 1) place.pinned = isAtEnd();
    else if (moved < 0) place.pinned = false;
    remember();
  }

  return {
    keep,
    scrolled,
    // The event of a scroll comes with the next frame, and a change may come before it.
    settle: () => (scroller.scrollTop === lastTop ? keep() : scrolled()),
    aim(row, top) {
      hold(row, top, true);
      place.pinned = false;
      keep();
    },
    follow() {
      held = undefined;
      place.pinned = true;
      keep();
    },
  };
}
