import { pipeline } from 'node:stream/promises';
import { type Client, escapeIdentifier } from 'pg';
import { from } from 'pg-copy-streams';
import type { TableHead } from './backup-entry.js';
import { rowParts } from './row-parts.js';
import { copied } from './tables.js';

/**
 * Bytes of a COPY: PostgreSQL notes each row's foreign keys in memory until its statement ends, some 20 bytes a row. What
 * a COPY costs besides its rows is a thousandth of what so many rows take.
 */
const PART = 8_388_608;

/**
 * Fills a table. Triggers of ours are off, as what they have written is in the backup, too; foreign keys are looked at.
 * @param content the text format of COPY, taken no faster than PostgreSQL stores it
 * @returns how many rows
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
