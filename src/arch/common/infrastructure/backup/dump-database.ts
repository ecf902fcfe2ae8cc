import { type Client, escapeIdentifier } from 'pg';
import { type CopyToStreamQuery, to } from 'pg-copy-streams';
import { guardListener } from '../../application/guard-listener.js';
import { StartupError } from '../config/startup.error.js';
import { appliedMigrations } from '../database/applied-migrations.js';
import type { UploadFolder } from '../uploads/upload-folder.js';
import { type BackupEntry, noContent, type SequenceHead } from './backup-entry.js';
import { beginReading } from './begin-reading.js';
import { copied, listTables } from './tables.js';

/** All that follows reads the database as of its first statement, however long it takes. */
const BEGIN =
  'begin isolation level repeatable read read only; ' +
  'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0';

const SEQUENCES = `
  select sequencename::text as name from pg_sequences
  where schemaname = current_schema() and sequencename <> '__drizzle_migrations_id_seq' order by 1`;

/**
 * A consistent copy of a database while others write to it, entry by entry.
 * @param avatars undefined for a backup without avatars
 * @throws StartupError when it is no database of Causerie, or is being migrated
 */
export async function* dumpDatabase(client: Client, avatars?: UploadFolder): AsyncGenerator<BackupEntry> {
  await client.query(BEGIN);
  const applied = await appliedMigrations(client);
  if (applied.length === 0)
    throw new StartupError('There is nothing to back up: the database has no tables.');
  yield entry({ kind: 'backup', createdAt: new Date().toISOString(), migrations: applied });
  // Avatars come first: a replaced one is deleted with its file.
  let pictures = 0;
  for await (const name of avatars?.fileNames() ?? []) {
    const content = avatars && (await beginReading(avatars, name));
    if (!content) continue;
    pictures += 1;
    yield { head: { kind: 'avatar', name }, content };
  }
  const copies = new Map<string, CopyToStreamQuery>();
  for (const { name, columns } of await listTables(client)) {
    const copy = client.query(to(`copy ${copied({ name, columns })} to stdout`));
    // An error that comes when the reader has stopped is emitted as well; one that comes before is thrown to the reader.
    copy.on(
      'error',
      guardListener((error: Error) => copy.destroy(error)),
    );
    copies.set(name, copy);
    yield { head: { kind: 'table', name, columns: [...columns] }, content: copy };
  }
  // Sequences have no snapshot: at the end they are beyond all that was copied.
  for (const { name } of (await client.query<{ name: string }>(SEQUENCES)).rows) {
    const { rows } = await client.query<Omit<SequenceHead, 'kind' | 'name'>>(
      `select last_value::text as last, is_called as called from ${escapeIdentifier(name)}`,
    );
    for (const found of rows) yield entry({ kind: 'sequence', name, ...found });
  }
  await client.query('commit');
  const rows = Object.fromEntries([...copies].map(([name, { rowCount }]) => [name, rowCount]));
  yield entry({ kind: 'end', rows, avatars: pictures });
}

function entry(head: BackupEntry['head']): BackupEntry {
  return { head, content: noContent() };
}
