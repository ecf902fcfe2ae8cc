import './require-node.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { StartupError } from './arch/common/infrastructure/config/startup.error.js';
import { runOrExplain } from './arch/run-or-explain.js';

await runOrExplain(async () => {
  const config = loadConfig();
  if (config.isProduction)
    throw new StartupError('NODE_ENV is production: the demo accounts have a known password.');
  const { withMigratedDatabase } = await import('./arch/with-migrated-database.js');
  const { seedDemoData } = await import('./arch/common/infrastructure/database/seed.dev.js');
  await withMigratedDatabase(config, seedDemoData);
});
