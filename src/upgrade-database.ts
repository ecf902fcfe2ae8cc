import './require-node.js';
import { takeNoOptions } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';

takeNoOptions(`pnpm database:upgrade
  Takes the embedded database of DATA_DIR from the major version of PostgreSQL before to the present one. The server must
  be stopped. The former database is kept as DATA_DIR/postgres.before-<time>. Clients start over.
  --help, --version
`);
await runOrExplain(async () => {
  const config = loadConfig();
  const { upgradeDatabase } = await import('./arch/upgrade-database.js');
  await upgradeDatabase(config);
});
