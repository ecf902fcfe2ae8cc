import { PAGE_BYTES } from './page-bytes.js';

/** Bytes of JSON around the rows of a page: field names, counts, a cursor. */
const AROUND = 1_000;
/** Bytes of JSON of a row besides its free texts: ids, times, numbers, field names. */
const ROW = 1_000;
/** Maximum bytes of JSON of a UTF-16 unit: those of an escaped control character. */
const UNIT = 6;

/** Bytes that remain for the rows of a page beside other contents of this size. */
export const roomBeside = (bytes: number): number => PAGE_BYTES - AROUND - bytes;

/**
 * The first rows, as many as fit on a page; at least one. Rows are measured only when they could exceed the page.
 * @param unitsOf returns the UTF-16 units of a row's free texts
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

/** The size of a value in the answer: models and answers have the same JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
