import type { Json, PersonalRecord } from '../../application/ports/personal-data.port.js';

/** Rows that an export reads at once. */
export const EXPORT_PAGE = 500;

type Values = Readonly<Record<string, Json | Date>>;

/**
 * All rows that `read` returns, page by page: it gets the last row of the previous page, and returns at most
 * `EXPORT_PAGE` rows after that one.
 */
export async function* exportPages<Row extends Values>(
  kind: string,
  read: (after: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<PersonalRecord> {
  let page = await read(undefined);
  while (page.length > 0) {
    for (const row of page) yield { kind, data: toData(row) };
    page = page.length < EXPORT_PAGE ? [] : await read(page.at(-1));
  }
}

function toData(row: Values): PersonalRecord['data'] {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
}
