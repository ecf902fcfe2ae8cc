import './require-node.js';
import { takeNoOptions } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';
import { say } from './arch/say.js';

takeNoOptions(`pnpm migrate
  Applies the migrations that the database lacks: that of DATABASE_URL, else the embedded one in DATA_DIR, whose running
  server may go on. The server does the same at its start.
  --help, --version
`);
await runOrExplain(async () => {
  const config = loadConfig();
  const { withMigratedDatabase } = await import('./arch/with-migrated-database.js');
  await withMigratedDatabase(config, async (_, { length }) => {
    say(length === 0 ? 'Nothing to do: the database has every migration.' : `Migrations applied: ${length}.`);
  });
});
