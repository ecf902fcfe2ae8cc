import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';

/** Any constant of our own: two servers that start together on one database take turns under it. */
const MIGRATION_LOCK = 6_283_185;

/** Applies the committed migrations that the database does not have yet. The lock ends with the connection. */
export async function migrate(connection: ConnectionSettings): Promise<void> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 });
  await connect(client);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

/** The first connection of a start: an address that does not answer is told by name, without its value. */
async function connect(client: Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartupError(`DATABASE_URL cannot be reached: ${code ?? message}.`);
  }
}
