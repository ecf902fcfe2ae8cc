import { PAGE_BYTES } from './page-bytes.js';

/** JSON around the rows of a page: the names of its fields, counts, a cursor. */
const AROUND = 1_000;
/** JSON of a row besides its free texts: ids, times, numbers, names of fields. */
const ROW = 1_000;
/** JSON of a UTF-16 unit at most: that of a control character. */
const UNIT = 6;

/** Bytes that rows may have on a page beside other things of so many bytes. */
export const roomBeside = (bytes: number): number => PAGE_BYTES - AROUND - bytes;

/**
 * The first of these rows, as many as fit on a page; one at least. Rows are measured only when it could be too much.
 * @param unitsOf UTF-16 units of what can be long in a row: its free texts
 */
export function fittingRows<Row>(
  rows: readonly Row[],
  unitsOf: (row: Row) => number,
  room = roomBeside(0),
): readonly Row[] {
  let most = 0;
  for (const row of rows) most += ROW + UNIT * unitsOf(row);
  if (most <= room) return rows;
  let bytes = 0;
  const end = rows.findIndex((row) => (bytes += jsonBytes(row) + 1) > room);
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}

/** As the answer will have it: models and what is sent of them differ in nothing that JSON shows. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
