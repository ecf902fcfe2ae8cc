import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { migrate } from './arch/common/infrastructure/database/migrate.js';
import { openDatabase } from './arch/common/infrastructure/database/open-database.js';
import { runOrExplain } from './arch/run-or-explain.js';

await runOrExplain(async () => {
  const database = await openDatabase(loadConfig(), { shared: true });
  try {
    await migrate(database.connection);
  } finally {
    await database.stop();
  }
});
