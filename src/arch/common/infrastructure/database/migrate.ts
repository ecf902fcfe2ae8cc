import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import type { ConnectionSettings } from './connection.js';
import { readMigrations } from './migration-files.js';
import { MigrationJournal } from './migration-journal.js';
import { cutIntoSteps } from './migration-steps.js';
import { type LockPatience, runMigrationStep } from './run-migration-step.js';
import { withClient } from './with-client.js';

/** Any constant of our own: two servers that start together on one database take turns under it. */
const MIGRATION_LOCK = 6_283_185;
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));
/** Five minutes altogether, and then it is for people to look who keeps a transaction open that long. */
const PATIENCE: LockPatience = { lockTimeout: 2_000, pause: 3_000, attempts: 60 };

export interface MigrateOptions {
  readonly patience?: LockPatience;
  readonly log?: Pick<Logger, 'warn'>;
}

/**
 * Applies the committed migrations that the database does not have yet, beside the traffic of nodes that run already
 * (ADR 35). The lock between servers ends with the connection.
 */
export async function migrate(
  connection: ConnectionSettings,
  { patience = PATIENCE, log = new Logger('Migrations') }: MigrateOptions = {},
): Promise<void> {
  await withClient(connection, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const journal = await MigrationJournal.open(client);
    for (const [migration, steps] of cutIntoSteps(readMigrations(FOLDER))) {
      if (journal.has(migration)) continue;
      const done = journal.progressOf(migration);
      for (const step of steps.filter((each) => each.done > done)) {
        const note = () => journal.note(migration, step);
        await runMigrationStep(client, step, patience, note, (line) =>
          log.warn(`Migration ${migration.tag} ${line}`),
        );
      }
    }
  });
}
