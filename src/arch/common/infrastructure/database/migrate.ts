import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import type { ConnectionSettings } from './connection.js';
import { type Migration, readMigrations } from './migration-files.js';
import { MigrationJournal } from './migration-journal.js';
import { MigrationPlace } from './migration-place.js';
import { cutIntoSteps } from './migration-steps.js';
import { type Patience, MigrationTurns } from './migration-turns.js';
import { withClient } from './with-client.js';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));
/** Five minutes in total; a transaction that is open for longer needs an operator. */
const PATIENCE: Patience = { lockTimeout: 2_000, pause: 3_000, attempts: 60 };

export interface MigrateOptions {
  /** Maximum number of migrations to apply; for tables as of an earlier version. */
  readonly until?: number;
  readonly patience?: Patience;
  readonly log?: Pick<Logger, 'warn'>;
  /** Called with the name of each migration whose last step this call has applied. */
  readonly onApplied?: (tag: string) => void;
}

/** The migrations of this version, the oldest first. */
export function knownMigrations(): Migration[] {
  return readMigrations(FOLDER);
}

/**
 * Applies the committed migrations that the database lacks, while other nodes serve (ADR 35), and in turns with other
 * servers that do the same (ADR 38). A database with all migrations is only read.
 */
export async function migrate(
  connection: ConnectionSettings,
  { until, patience = PATIENCE, log = new Logger('Migrations'), onApplied }: MigrateOptions = {},
): Promise<void> {
  const plan = cutIntoSteps(knownMigrations().slice(0, until));
  await withClient(connection, async (client) => {
    const place = await MigrationPlace.findPlace(client);
    const journal = new MigrationJournal(client, plan, place.journal);
    if (!(await journal.nextStep())) return;
    place.requireRights();
    const turns = new MigrationTurns(client, journal, patience, (line) => log.warn(line), onApplied);
    const steps = [...plan.values()].flat().length;
    for (let taken = 0; taken < steps; taken += 1) if (!(await turns.applyNextStep())) return;
  });
}
