/** The elements of the rows, in order; always those of now. */
export type RowElements = HTMLCollectionOf<HTMLElement>;

/** The distance of a row's top from the top of the window. */
export const topOf = (row: Element, scroller: Element): number =>
  row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

/** How far one can still scroll down. */
export const distanceToEnd = ({ scrollHeight, scrollTop, clientHeight }: Element): number =>
  scrollHeight - scrollTop - clientHeight;

/** The indexes of the first row that is at least partly visible, and of the first one below the window. */
export function visibleRows(rows: RowElements, scroller: Element): [from: number, to: number] {
  const { top, bottom } = scroller.getBoundingClientRect();
  return [firstRow(rows, (row) => row.bottom > top), firstRow(rows, (row) => row.top >= bottom)];
}

/**
 * The first row that is fully visible, else the first that is partly visible. Not the first row of all, whose height may
 * change when others are loaded before it: it loses its date, for instance.
 */
export function steadyRow(rows: RowElements, scroller: Element): HTMLElement | undefined {
  const [from, to] = visibleRows(rows, scroller);
  const first = rows[from];
  const isCut = first && topOf(first, scroller) < 0;
  return rows[Math.min(Math.max(isCut ? from + 1 : from, 1), Math.max(from, to - 1))];
}

/** The index of the first row for which the condition holds; it holds for all rows behind it. */
function firstRow(rows: RowElements, condition: (row: DOMRect) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && condition(row.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}
