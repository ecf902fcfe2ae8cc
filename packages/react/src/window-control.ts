import { loadEdges } from './edge-loader.ts';
import type { MessageWindowHandle, ReadingPlace, WindowEnd } from './message-window-props.ts';
import { firstRowOf, type Opening, openingOf } from './opening.ts';
import { keepScroll } from './scroll-keeper.ts';
import { distanceToEnd, type RowElements } from './visible-rows.ts';
import { placeIn } from './window-place.ts';
import type { WindowItem, WindowState, WindowTimeline } from './window-timeline.ts';

/** The first unread message stands in the upper third. */
const UNREAD_AT = 0.25;
const END = { seq: 'latest' } as const;
const HIGHLIGHT = 'data-highlighted';
const HIGHLIGHT_MS = 2_000;
/** Rows before and behind the first one of the first frame that are shown in the next one. */
const BEFORE_ROWS = 100;
const BEHIND_ROWS = 130;

/** What the control needs of a rendering. */
interface Rendering<Item extends WindowItem> {
  readonly snapshot: WindowState<Item>;
  /** False in the first frame, which has few rows. */
  readonly isWhole: boolean;
  readonly dividerSeq: number | null | undefined;
  readonly onEndChange: ((end: WindowEnd) => void) | undefined;
}

export interface WindowControl<Item extends WindowItem> extends MessageWindowHandle {
  readonly beforeChange: () => void;
  readonly afterChange: (rendering: Rendering<Item>) => void;
  readonly touched: (isTouched: boolean) => void;
  readonly stop: () => void;
}

/** Everything that a mounted window does with its elements. */
export function controlWindow<Item extends WindowItem>(
  timeline: WindowTimeline<Item>,
  scroller: HTMLElement,
  list: HTMLElement,
  showAll: () => void,
): WindowControl<Item> {
  const place = placeIn(timeline);
  let rendering: Rendering<Item>;
  let isOpened = false;
  let opening: Opening | undefined;
  /** Where a jump leads: its rows are shown before it has settled. */
  let goal: ReadingPlace | { readonly seq: number | 'latest'; readonly top?: undefined } | undefined;
  let end: WindowEnd | undefined;
  const rows = list.children as RowElements;
  const keeper = keepScroll(scroller, rows, place, () => rendering.snapshot.atEnd);
  const loader = loadEdges(timeline, scroller, rows);

  function report(): void {
    const { atEnd, lastSeq } = rendering.snapshot;
    const pinned = place.pinned && atEnd;
    if (pinned) place.seenSeq = lastSeq;
    const newCount = lastSeq - (place.seenSeq ??= lastSeq);
    if (pinned === end?.pinned && newCount === end.newCount) return;
    end = { pinned, newCount };
    rendering.onEndChange?.(end);
  }

  function open(): void {
    const { snapshot, isWhole, dividerSeq } = rendering;
    const { key, top } = (opening ??= openingOf(snapshot, place, dividerSeq));
    const row = [...rows].find((each) => each.dataset['key'] === key);
    if (row) keeper.aim(row, () => top ?? scroller.clientHeight * UNREAD_AT);
    // The end is near: what comes is followed.
    if (!row || (isWhole && snapshot.atEnd && distanceToEnd(scroller) <= 1)) keeper.follow();
    isOpened = isWhole;
    // After the frame that has been prepared.
    if (!isWhole) requestAnimationFrame(() => requestAnimationFrame(fill));
  }

  /** Shows all rows, after those have been dropped that came while the conversation was not shown. */
  function fill(): void {
    const { items, first, last } = timeline.getSnapshot();
    if (isOpened || !opening) return;
    const from = first + firstRowOf(items, opening);
    timeline.trim({ first: from - BEFORE_ROWS, last: Math.min(last, from + BEHIND_ROWS) });
    showAll();
  }

  function centre(row: HTMLElement): void {
    keeper.aim(row, () => Math.max(0, (scroller.clientHeight - row.offsetHeight) / 2));
    // As an attribute: its own, or −1.
    row.tabIndex += 0;
    row.focus({ preventScroll: true });
    row.setAttribute(HIGHLIGHT, '');
    setTimeout(() => row.removeAttribute(HIGHLIGHT), HIGHLIGHT_MS);
  }

  /** Goes where a jump leads, if that is shown now. */
  function reach(): boolean {
    const { first, last, atEnd } = rendering.snapshot;
    if (!isOpened || !goal) return false;
    const { seq, top } = goal;
    const row = seq !== 'latest' && seq <= last ? rows[seq - first] : undefined;
    if (seq === 'latest' && atEnd) keeper.follow();
    else if (!row) return false;
    else if (top === undefined) centre(row);
    else keeper.aim(row, () => top);
    goal = undefined;
    report();
    return true;
  }

  async function go(to: NonNullable<typeof goal>): Promise<void> {
    goal = to;
    if (reach()) return;
    let forgets = true;
    try {
      await timeline.jumpTo(to.seq);
      // A window that is not open yet goes there when it is.
      forgets = isOpened;
    } finally {
      // The rows are shown by the end of the task that has loaded them.
      setTimeout(() => forgets && goal === to && (goal = undefined));
    }
  }

  const resized = new ResizeObserver(() => {
    if (!isOpened) return;
    keeper.keep();
    // Rows that are loaded now would change sizes while these are reported.
    requestAnimationFrame(loader.tend);
  });
  resized.observe(scroller);
  resized.observe(list);
  function scrolled(): void {
    if (!isOpened) return;
    keeper.scrolled();
    loader.scrolled();
    report();
  }
  scroller.addEventListener('scroll', scrolled);

  return {
    scrollToEnd: () => go(END),
    scrollToSeq: (seq) => go({ seq }),
    scrollToPlace: (to) => go(to ?? END),
    readPlace() {
      if (isOpened) keeper.settle();
      const { items, first, last } = rendering.snapshot;
      const index = items.findIndex(({ key }) => key === place.anchor?.key);
      if (place.pinned || !place.anchor || index < 0) return null;
      return { seq: Math.min(last, first + index), top: place.anchor.top };
    },
    touched: loader.touched,
    beforeChange: () => isOpened && keeper.settle(),
    afterChange(next) {
      const before = rendering?.snapshot;
      rendering = next;
      if (rows.length === 0) return;
      if (!isOpened) open();
      if (isOpened) {
        // Before what is only rendered anew nothing was settled: a scroll whose event is still to come would be undone.
        if (!reach() && before !== next.snapshot) keeper.keep();
        loader.tend();
      }
      report();
    },
    stop() {
      resized.disconnect();
      scroller.removeEventListener('scroll', scrolled);
    },
  };
}
