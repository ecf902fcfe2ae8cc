import { Logger } from '@nestjs/common';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import type { ConnectionSettings } from './common/infrastructure/database/connection.js';
import { migrate } from './common/infrastructure/database/migrate.js';
import { openDatabase } from './common/infrastructure/database/open-database.js';
import { requireFittingDatabase } from './common/infrastructure/database/require-fitting-database.js';

/** Migrates the configured database, which may be one that a running server has open, and does a command's work on it. */
export async function withMigratedDatabase(
  config: AppConfig,
  work: (connection: ConnectionSettings) => Promise<void>,
): Promise<void> {
  // What matters, and no more: a command is not a server.
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  const database = await openDatabase(config, { shared: true });
  try {
    await requireFittingDatabase(database.connection);
    await migrate(database.connection);
    await work(database.connection);
  } finally {
    await database.stop();
  }
}
