import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import type { ConnectionSettings } from './connection.js';
import { withClient } from './with-client.js';

/** Any constant of our own: two servers that start together on one database take turns under it. */
const MIGRATION_LOCK = 6_283_185;

/** Applies the committed migrations that the database does not have yet. The lock ends with the connection. */
export async function migrate(connection: ConnectionSettings): Promise<void> {
  await withClient(connection, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
    await applyMigrations(drizzle(client), { migrationsFolder });
  });
}
