import { keptRows } from './kept-rows.ts';
import { distanceToEnd, type RowElements, visibleRows } from './visible-rows.ts';
import type { WindowItem, WindowTimeline } from './window-timeline.ts';

/** Nearer to an end than these, the next page is loaded. */
const ABOVE_PX = 2_400;
const BELOW_PX = 1_600;
/** With as many rows to the end no page is loaded, however low they are. */
const NEAR_ROWS = 50;
/** Rows that stay on a side when some are dropped; more than cause a page to be loaded there. */
const FAR_ROWS = 70;
/** The reader does not scroll any more. */
const REST_MS = 150;
/** After a failure the reader's next scroll tries again, but not at once. */
const RETRY_MS = 1_000;

export interface EdgeLoader {
  /** After each scroll and each change of the rows. */
  readonly tend: () => void;
  readonly scrolled: () => void;
  /** While a finger is on the window nothing is dropped that can wait. */
  readonly touched: (isTouched: boolean) => void;
}

/** Loads what the reader will see soon, and drops what is far away. */
export function loadEdges<Item extends WindowItem>(
  timeline: WindowTimeline<Item>,
  scroller: HTMLElement,
  rows: RowElements,
): EdgeLoader {
  let isLoading = false;
  let isTouched = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  function drop(from: number, to: number): boolean {
    const kept = keptRows(rows, from, to);
    const { first, last } = timeline.getSnapshot();
    if (!kept) return false;
    const focused = [...rows].findIndex((row) => row.contains(document.activeElement));
    // The focus must not be lost with its row.
    if (focused >= 0 && (focused < kept[0] || focused > kept[1])) scroller.focus({ preventScroll: true });
    timeline.trim({ first: first + kept[0], last: Math.min(last, first + kept[1]) });
    return true;
  }

  function load(side: 'loadOlder' | 'loadNewer'): void {
    isLoading = true;
    const { items } = timeline.getSnapshot();
    timeline[side]()
      .catch(() => new Promise((resolve) => setTimeout(resolve, RETRY_MS)))
      .finally(() => {
        isLoading = false;
        // A timeline that has nothing to load for now is not asked again and again.
        if (timeline.getSnapshot().items !== items) tend();
      });
  }

  function tend(): void {
    const { items, busy, atStart, atEnd } = timeline.getSnapshot();
    const end = rows.length;
    // Nobody sees the window, or other rows are about to take the place of these.
    if (!scroller.clientHeight || items.length !== end || busy || isLoading) return;
    const [from, to] = visibleRows(rows, scroller);
    const older = !atStart && scroller.scrollTop < ABOVE_PX && from < NEAR_ROWS;
    const newer = !atEnd && distanceToEnd(scroller) < BELOW_PX && end - to < NEAR_ROWS;
    if (older || newer) {
      // What is dropped causes the next call, with fewer rows.
      const isDropped = older ? drop(0, to + FAR_ROWS) : drop(from - FAR_ROWS, end);
      if (!isDropped) load(older ? 'loadOlder' : 'loadNewer');
    } else if (atEnd || (!rest && !isTouched)) {
      // At the end this cannot wait, because more messages may come at any time.
      drop(from - FAR_ROWS, to + FAR_ROWS);
    }
  }

  return {
    tend,
    scrolled() {
      clearTimeout(rest);
      rest = setTimeout(() => {
        rest = undefined;
        tend();
      }, REST_MS);
      tend();
    },
    touched: (value) => void (isTouched = value),
  };
}
