import './require-node.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';

await runOrExplain(async () => {
  const config = loadConfig();
  const { withMigratedDatabase } = await import('./arch/with-migrated-database.js');
  const { renewEpoch } = await import('./arch/common/infrastructure/database/epoch/renew-epoch.js');
  await withMigratedDatabase(config, renewEpoch);
});
