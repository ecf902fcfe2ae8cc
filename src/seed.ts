import './require-node.js';
import { takeNoOptions } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { StartupError } from './arch/common/infrastructure/config/startup.error.js';
import { runOrExplain } from './arch/run-or-explain.js';
import { say } from './arch/say.js';

takeNoOptions(`pnpm seed
  Puts the demo data into the database, all of it or nothing: that of DATABASE_URL, else the embedded one in DATA_DIR.
  Migrates it first. What is there stays as it is. Never in production: the demo accounts have a known password.
  --help, --version
`);
await runOrExplain(async () => {
  const config = loadConfig();
  if (config.isProduction)
    throw new StartupError('NODE_ENV is production: the demo accounts have a known password.');
  const { withMigratedDatabase } = await import('./arch/with-migrated-database.js');
  const { hasDemoData, seedDemoData } = await import('./arch/common/infrastructure/database/seed.dev.js');
  const { saveDemoPicture } = await import('./arch/save-demo-picture.js');
  const { describeDemoLogins, describeSeeded } = await import('./arch/describe-demo-data.js');
  await withMigratedDatabase(config, async (connection) => {
    say(describeSeeded(await seedDemoData(connection, saveDemoPicture(config))));
    if (await hasDemoData(connection)) say(describeDemoLogins());
  });
});
