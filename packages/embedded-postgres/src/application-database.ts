import { Client, escapeIdentifier } from 'pg';

import type { EmbeddedConnection } from './running-postgres.ts';

/** The database that every PostgreSQL has. */
const MAINTENANCE_DATABASE = 'postgres';
const CONNECT_TIMEOUT_MS = 10_000;

/** Creates the application's database unless it exists; after a crash it may be missing, too. */
export async function ensureApplicationDatabase(connection: EmbeddedConnection): Promise<void> {
  await withClient({ ...connection, database: MAINTENANCE_DATABASE }, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [connection.database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(connection.database)}`);
  });
}

/** Whether the application's database is reachable. */
export async function answers(connection: EmbeddedConnection): Promise<boolean> {
  return withClient(connection, async (client) => {
    await client.query('SELECT 1');
    return true;
  }).catch(() => false);
}

async function withClient<T>(
  connection: EmbeddedConnection,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  // Without `ssl: false`, PGSSLMODE in the environment would turn it on.
  const client = new Client({ ...connection, ssl: false, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that is lost between two queries must not end the process; the next query fails anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
