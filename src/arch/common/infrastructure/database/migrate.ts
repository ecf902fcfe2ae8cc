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
/** Five minutes altogether, and then it is for people to look who keeps a transaction open that long. */
const PATIENCE: Patience = { lockTimeout: 2_000, pause: 3_000, attempts: 60 };

export interface MigrateOptions {
  /** How many of the migrations at most; for the tables as an earlier version had them. */
  readonly until?: number;
  readonly patience?: Patience;
  readonly log?: Pick<Logger, 'warn'>;
  /** Told the name of each migration when this call has applied the last of it. */
  readonly onApplied?: (tag: string) => void;
}

/** Those of this version, the oldest first. */
export function knownMigrations(): Migration[] {
  return readMigrations(FOLDER);
}

/**
 * Applies the committed migrations that the database does not have yet, beside the traffic of nodes that run already
 * (ADR 35), and in turns with servers that do the same (ADR 38). A database that has them all is only looked at.
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
