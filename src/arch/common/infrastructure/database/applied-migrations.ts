import { type Client, escapeIdentifier } from 'pg';
import { StartupError } from '../config/startup.error.js';
import { MigrationPlace } from './migration-place.js';

/**
 * The generation time in milliseconds of each migration that the database has; none when the database is not ours.
 * @throws StartupError when one is applied in part
 */
export async function appliedMigrations(client: Client): Promise<number[]> {
  const { journal } = await MigrationPlace.findPlace(client);
  const path = (table: string) => `${escapeIdentifier(journal)}.${table}`;
  const { rows: found } = await client.query<{ applied: boolean; progress: boolean }>(
    'select to_regclass($1) is not null as applied, to_regclass($2) is not null as progress',
    [path('__drizzle_migrations'), path('migration_progress')],
  );
  if (found[0]?.progress === true) {
    const { rowCount } = await client.query(`select from ${path('migration_progress')}`);
    if (rowCount)
      throw new StartupError('The database is being migrated: wait for it, or run `pnpm migrate`.');
  }
  if (found[0]?.applied !== true) return [];
  const { rows } = await client.query<{ when: string }>(
    `select created_at as when from ${path('__drizzle_migrations')} order by created_at`,
  );
  return rows.map(({ when }) => Number(when));
}
