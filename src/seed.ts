import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { StartupError } from './arch/common/infrastructure/config/startup.error.js';
import { migrate } from './arch/common/infrastructure/database/migrate.js';
import { openDatabase } from './arch/common/infrastructure/database/open-database.js';
import { seedDemoData } from './arch/common/infrastructure/database/seed.dev.js';
import { runOrExplain } from './arch/run-or-explain.js';

await runOrExplain(async () => {
  const config = loadConfig();
  if (config.isProduction)
    throw new StartupError('NODE_ENV is production: the demo accounts have a known password.');
  const database = await openDatabase(config, { shared: true });
  try {
    await migrate(database.connection);
    await seedDemoData(database.connection);
  } finally {
    await database.stop();
  }
});
