import type { RowElements } from './visible-rows.ts';

/** With more rows some are dropped: with a page of 100 rows more there are 300. */
const ENOUGH_ROWS = 200;

/**
 * The indexes of the first and the last row that stay, or undefined if all do: those between `from` and `to`, and those with
 * the focus or a part of the selection that are not too far away.
 */
export function keptRows(
  rows: RowElements,
  from: number,
  to: number,
): [from: number, to: number] | undefined {
  if (rows.length <= ENOUGH_ROWS) return undefined;
  const selection = getSelection();
  for (const [index, row] of [...rows].entries()) {
    const isSelected = !selection?.isCollapsed && selection?.containsNode(row, true);
    if (!isSelected && !row.contains(document.activeElement)) continue;
    const [low, high] = [Math.min(from, index), Math.max(to, index)];
    if (high - low < ENOUGH_ROWS) [from, to] = [low, high];
  }
  return from > 0 || to < rows.length - 1 ? [Math.max(0, from), to] : undefined;
}
