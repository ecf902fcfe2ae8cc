import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import {
  findPostgresBinaries,
  forgetLibpqVariables,
  type PostgresBinaries,
  runServer,
} from 'causerie-embedded-postgres';
import { dumpDatabase } from './common/infrastructure/backup/dump-database.js';
import { loadBackup } from './common/infrastructure/backup/load-backup.js';
import { verifyBackup } from './common/infrastructure/backup/verify-backup.js';
import { writeBackup } from './common/infrastructure/backup/write-backup.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { StartupError } from './common/infrastructure/config/startup.error.js';
import type { DataDir } from './common/infrastructure/database/embedded/data-dir.js';
import { isDatabaseIn } from './common/infrastructure/database/embedded/database-names.js';
import { DATABASE_NAME } from './common/infrastructure/database/embedded/embedded-postgres.js';
import { findOwnBinaries } from './common/infrastructure/database/embedded/own-binaries.js';
import { ownDataDir } from './common/infrastructure/database/embedded/own-data-dir.js';
import { replaceDatabase } from './common/infrastructure/database/embedded/replace-database.js';
import { removeUpgradeFiles, upgradeFile } from './common/infrastructure/database/embedded/upgrade-file.js';
import { withClient } from './common/infrastructure/database/with-client.js';
import { say } from './say.js';

/** The package of the previous major version, which `pnpm database:upgrade` installs. */
const EARLIER = new URL('../../runtime/earlier-postgres/package.json', import.meta.url).href;

/**
 * Backs up the database with its own version of PostgreSQL and restores it with the current one: nothing is changed
 * before the restore is complete, and DATA_DIR is locked in between.
 * @throws StartupError, EmbeddedDatabaseError with one line
 */
export async function upgradeDatabase({ env: { DATABASE_URL, DATA_DIR } }: AppConfig): Promise<void> {
  if (DATABASE_URL !== undefined) {
    throw new StartupError('DATABASE_URL is set: database:upgrade is for the embedded database of DATA_DIR.');
  }
  if (!isDatabaseIn(DATA_DIR)) throw new StartupError(`There is no database in DATA_DIR ${DATA_DIR}.`);
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  forgetLibpqVariables();
  const log = new Logger('PostgreSQL');
  await ownDataDir(DATA_DIR, log, async (dataDir) => {
    await removeUpgradeFiles(dataDir);
    const { major } = await findOwnBinaries();
    const earlier = await earlierThan(major, dataDir);
    if (earlier === undefined) return say(`The database is of PostgreSQL ${major} already.`);
    const file = upgradeFile(dataDir, earlier.major);
    try {
      await backUpWith(earlier, dataDir, file, log);
      const verified = await verifyBackup(file);
      const former = await replaceDatabase(dataDir, { log, replace: true }, (connection) =>
        loadBackup({ ...connection, ssl: false }, file, verified),
      );
      say(`Upgraded to PostgreSQL ${major}; the former database is ${former}.`);
    } finally {
      await removeUpgradeFiles(dataDir);
    }
  });
}

/** The PostgreSQL that the database was created with; undefined for the current one. */
async function earlierThan(present: number, { database }: DataDir): Promise<PostgresBinaries | undefined> {
  const found = Number(await readFile(join(database, 'PG_VERSION'), 'utf8').catch(() => 'none'));
  if (Number.isNaN(found)) throw new StartupError(`There is no database in ${database}.`);
  if (found === present) return undefined;
  const earlier = await findPostgresBinaries(EARLIER);
  if (earlier.major === found) return earlier;
  throw new StartupError(
    `The database is of PostgreSQL ${found}, and this Causerie can read ${earlier.major} and ${present}, nothing was changed: upgrade by one major version after the other.`,
  );
}

async function backUpWith(
  binaries: PostgresBinaries,
  dataDir: DataDir,
  file: string,
  log: Logger,
): Promise<void> {
  const server = await runServer(dataDir, { name: DATABASE_NAME, binaries, log });
  try {
    const connection = { ...server.connection, ssl: false as const };
    await withClient(connection, (client) => writeBackup(file, dumpDatabase(client)));
  } finally {
    await server.stop();
  }
}
