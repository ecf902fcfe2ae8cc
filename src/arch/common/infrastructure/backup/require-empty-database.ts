import { type Client, escapeIdentifier } from 'pg';
import { StartupError } from '../config/startup.error.js';
import { appliedMigrations } from '../database/applied-migrations.js';
import type { ConnectionSettings } from '../database/connection.js';
import { withClient } from '../database/with-client.js';
import type { Beginning } from './backup-entry.js';
import { listTables } from './tables.js';

/** Migration 0004 inserts its first row. */
const NEVER_EMPTY = 'post_blocks';

/**
 * Tables without rows do not matter: an interrupted restore leaves them.
 * @throws StartupError
 */
export async function requireEmptyDatabase(
  connection: ConnectionSettings,
  { migrations }: Beginning,
): Promise<void> {
  await withClient(connection, async (client) => {
    await requireNoRows(
      client,
      (await listTables(client)).map(({ name }) => name),
    );
    const applied = await appliedMigrations(client);
    if (applied.some((when) => !migrations.includes(when))) throw notEmpty('tables of a newer version');
  });
}

/** @throws StartupError */
export async function requireNoRows(client: Client, tables: readonly string[]): Promise<void> {
  for (const name of tables) {
    const { rowCount } = await client.query(`select from ${escapeIdentifier(name)} limit 1`);
    if (rowCount && name !== NEVER_EMPTY) throw notEmpty(`rows in ${name}`);
  }
}

function notEmpty(what: string): StartupError {
  return new StartupError(
    `The database of DATABASE_URL has ${what}, nothing was changed: restore into an empty one (CREATE DATABASE …).`,
  );
}
