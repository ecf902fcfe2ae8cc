import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { dumpDatabase } from './common/infrastructure/backup/dump-database.js';
import { writeBackup } from './common/infrastructure/backup/write-backup.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { StartupError } from './common/infrastructure/config/startup.error.js';
import { forgetLibpqVariables } from './common/infrastructure/database/embedded/forget-libpq-variables.js';
import {
  findPostgresBinaries,
  type PostgresBinaries,
} from './common/infrastructure/database/embedded/postgres-binaries.js';
import { startEmbeddedPostgres } from './common/infrastructure/database/embedded/start-embedded-postgres.js';
import { withClient } from './common/infrastructure/database/with-client.js';
import { restore } from './restore.js';
import { say } from './say.js';

/** The package of the major version before: `pnpm database:upgrade` installs it. */
const EARLIER = new URL('../../runtime/earlier-postgres/package.json', import.meta.url).href;

/**
 * A backup by the PostgreSQL that has made the database, and its restore by the present one: nothing is changed before
 * that is complete.
 * @throws StartupError, EmbeddedDatabaseError in a line
 */
export async function upgradeDatabase(config: AppConfig): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = config.env;
  if (DATABASE_URL !== undefined) {
    throw new StartupError('DATABASE_URL is set: database:upgrade is for the embedded database of DATA_DIR.');
  }
  const found = Number(await readFile(join(DATA_DIR, 'postgres/PG_VERSION'), 'utf8').catch(() => 'none'));
  if (Number.isNaN(found)) throw new StartupError(`There is no database in DATA_DIR ${DATA_DIR}.`);
  const { major } = await findPostgresBinaries();
  if (found === major) {
    say(`The database is of PostgreSQL ${major} already.`);
    return;
  }
  const earlier = await findPostgresBinaries(EARLIER);
  if (earlier.major !== found) {
    throw new StartupError(
      `The database is of PostgreSQL ${found}, and this Causerie can read ${earlier.major} and ${major}, nothing was changed: upgrade by one major version after the other.`,
    );
  }
  const file = join(DATA_DIR, `of-postgresql-${found}.backup`);
  await rm(file, { force: true });
  await backUpWith(earlier, DATA_DIR, file);
  await restore(config, file, true);
  await rm(file);
}

async function backUpWith(binaries: PostgresBinaries, dataDir: string, file: string): Promise<void> {
  forgetLibpqVariables();
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  const server = await startEmbeddedPostgres({ dataDir, log: new Logger('PostgreSQL'), binaries });
  try {
    const connection = { ...server.connection, ssl: false as const };
    await withClient(connection, (client) => writeBackup(file, dumpDatabase(client)));
  } finally {
    await server.stop();
  }
}
