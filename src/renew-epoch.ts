import './require-node.js';
import { takeNoOptions } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';
import { say } from './arch/say.js';

takeNoOptions(`pnpm epoch:renew
  Begins another epoch of the database, after it has been restored: clients start over, running servers are told.
  --help, --version
`);
await runOrExplain(async () => {
  const config = loadConfig();
  const { withMigratedDatabase } = await import('./arch/with-migrated-database.js');
  const { renewEpoch } = await import('./arch/common/infrastructure/database/epoch/renew-epoch.js');
  await withMigratedDatabase(config, async (connection) => {
    await renewEpoch(connection);
    say('Another epoch has begun.');
  });
});
