import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { forgetLibpqVariables } from 'causerie-embedded-postgres';
import { loadAvatars } from './common/infrastructure/backup/load-avatars.js';
import { loadBackup } from './common/infrastructure/backup/load-backup.js';
import { requireEmptyDatabase } from './common/infrastructure/backup/require-empty-database.js';
import { requireKnownMigrations } from './common/infrastructure/backup/require-known-migrations.js';
import { type Verified, verifyBackup } from './common/infrastructure/backup/verify-backup.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { StartupError } from './common/infrastructure/config/startup.error.js';
import { ownDataDir } from './common/infrastructure/database/embedded/own-data-dir.js';
import { replaceDatabase } from './common/infrastructure/database/embedded/replace-database.js';
import { connectionOf } from './common/infrastructure/database/open-database.js';
import { requireFittingDatabase } from './common/infrastructure/database/require-fitting-database.js';
import { UploadFolder } from './common/infrastructure/uploads/upload-folder.js';
import { say } from './say.js';

/**
 * Restores a backup into the configured database, which is complete afterwards or unchanged.
 * @param replace whether an existing embedded database may be moved aside
 * @throws StartupError, EmbeddedDatabaseError with one line, before anything has changed
 */
export async function restore(config: AppConfig, name: string, replace: boolean): Promise<void> {
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  const file = resolve(name);
  const verified = await verifyBackup(file);
  requireKnownMigrations(file, verified.beginning);
  const { DATABASE_URL: url } = config.env;
  const former =
    url === undefined
      ? await restoreEmbedded(config, file, verified, replace)
      : await restoreInto(url, config, file, verified, replace);
  const { createdAt } = verified.beginning;
  say(`Restored as of ${createdAt}${former ? `; the former database is ${former}` : ''}.`);
}

async function restoreEmbedded(
  { env, avatarDir }: AppConfig,
  file: string,
  verified: Verified,
  replace: boolean,
): Promise<string | undefined> {
  forgetLibpqVariables();
  const log = new Logger('PostgreSQL');
  return ownDataDir(env.DATA_DIR, log, (dataDir) =>
    replaceDatabase(dataDir, { log, replace }, async (connection) => {
      await loadBackup({ ...connection, ssl: false }, file, verified);
      await loadAvatars(file, new UploadFolder(avatarDir));
    }),
  );
}

async function restoreInto(
  url: string,
  { avatarDir }: AppConfig,
  file: string,
  verified: Verified,
  replace: boolean,
): Promise<undefined> {
  if (replace) throw new StartupError('--replace is for DATA_DIR: give DATABASE_URL an empty database.');
  const connection = connectionOf(url);
  await requireFittingDatabase(connection);
  await requireEmptyDatabase(connection, verified.beginning);
  await loadAvatars(file, new UploadFolder(avatarDir));
  await loadBackup(connection, file, verified);
}
