import type { WindowPlace } from './window-place.ts';
import type { WindowItem, WindowState } from './window-timeline.ts';

/** Rows of the first frame; the others follow in the next one. */
export const FIRST_ROWS = 30;
const ABOVE_FIRST = 10;
/** Where a window opens: the end, if there is no such row. */
export interface Opening {
  readonly key: string | undefined;
  /** The distance of the row's top from that of the window, if the reader has left it there. */
  readonly top?: number;
}

/** Where the reader left the conversation, else the first unread message, else the end. */
export function openingOf<Item extends WindowItem>(
  { items, first, last }: WindowState<Item>,
  { pinned, anchor }: WindowPlace,
  dividerSeq: number | null | undefined,
): Opening {
  if (!pinned && anchor && items.some(({ key }) => key === anchor.key)) return anchor;
  const isUnread = dividerSeq != null && dividerSeq < last;
  return { key: isUnread ? items[dividerSeq + 1 - first]?.key : undefined };
}

/** The index of the first of the rows of the first frame. */
export function firstRowOf(items: readonly WindowItem[], { key }: Opening): number {
  const index = key === undefined ? items.length : items.findIndex((item) => item.key === key);
  return Math.max(0, Math.min(index - ABOVE_FIRST, items.length - FIRST_ROWS));
}
