import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { dumpDatabase } from './common/infrastructure/backup/dump-database.js';
import { writeBackup } from './common/infrastructure/backup/write-backup.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { StartupError } from './common/infrastructure/config/startup.error.js';
import { isDatabaseIn } from './common/infrastructure/database/embedded/database-names.js';
import { openDatabase } from './common/infrastructure/database/open-database.js';
import { withClient } from './common/infrastructure/database/with-client.js';
import { UploadFolder } from './common/infrastructure/uploads/upload-folder.js';
import { say } from './say.js';

/**
 * Copies the configured database, which servers may use meanwhile, and the avatars into a file; nothing is migrated.
 */
export async function backUp(config: AppConfig, name = defaultName()): Promise<void> {
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  const { DATABASE_URL, DATA_DIR } = config.env;
  // Opening it would create one.
  if (DATABASE_URL === undefined && !isDatabaseIn(DATA_DIR)) {
    throw new StartupError(`There is nothing to back up: DATA_DIR ${DATA_DIR} has no database.`);
  }
  const file = resolve(name);
  const database = await openDatabase(config, { shared: true });
  try {
    const avatars = new UploadFolder(config.avatarDir);
    const bytes = await withClient(database.connection, (client) =>
      writeBackup(file, dumpDatabase(client, avatars)),
    );
    say(`Backed up to ${file} (${bytes} bytes).`);
  } finally {
    await database.stop();
  }
}

function defaultName(): string {
  return `causerie-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.backup`;
}
