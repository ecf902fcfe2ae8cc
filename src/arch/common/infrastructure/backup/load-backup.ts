import { type Client, escapeIdentifier } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from '../database/connection.js';
import { migrate } from '../database/migrate.js';
import { withClient } from '../database/with-client.js';
import type { SequenceHead } from './backup-entry.js';
import { fillTable } from './fill-table.js';
import { readBackup } from './read-backup.js';
import { requireNoRows } from './require-empty-database.js';
import { listTables } from './tables.js';
import type { Verified } from './verify-backup.js';

/**
 * Creates the tables as of the backup, fills them in one transaction, and migrates them like an upgrade. The numbers of
 * rows, the foreign keys and the checks are verified again in this way.
 * @param connection an empty database
 * @param verified facts about this file
 */
export async function loadBackup(
  connection: ConnectionSettings,
  file: string,
  { beginning, ending }: Verified,
): Promise<void> {
  await migrate(connection, { until: beginning.migrations.length });
  await withClient(connection, async (client) => {
    await client.query('begin; set local idle_in_transaction_session_timeout = 0');
    await clear(client, file, new Set(Object.keys(ending.rows)));
    for await (const { head, content } of readBackup(file)) {
      if (head.kind === 'table') {
        const rows = await fillTable(client, head, content);
        if (rows !== ending.rows[head.name]) throw misfit(file, `lacks rows of ${head.name}`);
      }
      if (head.kind === 'sequence') await setSequence(client, head);
    }
    await client.query('commit');
    await client.query('analyze');
  });
  await migrate(connection);
}

/**
 * Removes rows of the tables: migrations have inserted some, and a server that was not stopped may have inserted others
 * since the check.
 */
async function clear(client: Client, file: string, inBackup: ReadonlySet<string>): Promise<void> {
  const names = (await listTables(client)).map(({ name }) => name);
  const missing = names.find((name) => !inBackup.has(name));
  if (missing !== undefined) throw misfit(file, `lacks the table ${missing}`);
  const all = names.map((name) => escapeIdentifier(name)).join(', ');
  await client.query(`lock table ${all} in access exclusive mode`);
  await requireNoRows(client, names);
  await client.query(`truncate ${all}`);
}

async function setSequence(client: Client, { name, last, called }: SequenceHead): Promise<void> {
  await client.query('select setval($1::regclass, $2, $3)', [escapeIdentifier(name), last, called]);
}

function misfit(file: string, what: string): StartupError {
  return new StartupError(`${file} does not fit its own migrations: it ${what}.`);
}
