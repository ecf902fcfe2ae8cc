import { pipeline } from 'node:stream/promises';
import { type Client, escapeIdentifier } from 'pg';
import { from } from 'pg-copy-streams';
import type { TableHead } from './backup-entry.js';
import { rowParts } from './row-parts.js';
import { copied } from './tables.js';

/**
 * Bytes of a COPY: PostgreSQL keeps each row's foreign keys in memory until its statement ends, about 20 bytes a row.
 * The overhead of a COPY is a thousandth of the time for this many bytes.
 */
const PART = 8_388_608;

/**
 * Fills a table. Our own triggers are disabled, because the backup contains what they have written; foreign keys are
 * checked.
 * @param content the text format of COPY, read no faster than PostgreSQL stores it
 * @returns the number of rows
 */
export async function fillTable(
  client: Client,
  head: TableHead,
  content: AsyncIterable<Uint8Array>,
  size = PART,
): Promise<number> {
  const table = escapeIdentifier(head.name);
  await client.query(`alter table ${table} disable trigger user`);
  let rows = 0;
  for await (const part of rowParts(content, size)) {
    const copy = client.query(from(`copy ${copied(head)} from stdin`));
    await pipeline(part, copy);
    rows += copy.rowCount;
  }
  await client.query(`alter table ${table} enable trigger user`);
  return rows;
}
