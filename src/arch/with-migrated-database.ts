import { Logger } from '@nestjs/common';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import type { ConnectionSettings } from './common/infrastructure/database/connection.js';
import { migrate } from './common/infrastructure/database/migrate.js';
import { openDatabase } from './common/infrastructure/database/open-database.js';
import { requireFittingDatabase } from './common/infrastructure/database/require-fitting-database.js';
import { say } from './say.js';
import { warnOfMisspelt } from './warn-of-misspelt.js';

/**
 * Migrates the configured database, which a running server may use, and runs a command's work on it.
 * @param work also gets the migrations that were applied
 */
export async function withMigratedDatabase(
  config: AppConfig,
  work: (connection: ConnectionSettings, applied: readonly string[]) => Promise<void>,
): Promise<void> {
  // A command logs only problems, unlike a server.
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  warnOfMisspelt(config.misspelt);
  const { DATABASE_URL, DATA_DIR } = config.env;
  say(`Database: ${DATABASE_URL === undefined ? `the embedded one in ${DATA_DIR}` : 'that of DATABASE_URL'}`);
  const database = await openDatabase(config, { shared: true });
  try {
    await requireFittingDatabase(database.connection);
    const applied: string[] = [];
    const onApplied = (tag: string): void => {
      applied.push(tag);
      say(`Applied ${tag}`);
    };
    await migrate(database.connection, { onApplied });
    await work(database.connection, applied);
  } finally {
    await database.stop();
  }
}
