import './require-node.js';
import './arch/tune-garbage-collection.js';
import { takeNoOptions } from './arch/command-line.js';
import { endOnSignals } from './arch/end-on-signals.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';

takeNoOptions(`pnpm start, or with NODE_ENV=production: pnpm start:prod
  Opens the database, migrates it, and serves HTTP and Socket.IO until SIGTERM or Ctrl-C.
  It takes its settings from the environment and from .env; .env.example explains each. The first ones:
  PORT           of HTTP and Socket.IO (3000); 0 takes a free one
  HOST           address to listen on (loopback; in production every address)
  DATABASE_URL   a PostgreSQL of your own, required in production (an embedded one in DATA_DIR)
  DATA_DIR       folder of the embedded database (.data)
  LOG_LEVEL      fatal, error, warn, info, debug, trace or silent (info)
  --help, --version
`);
const started = endOnSignals();
await runOrExplain(async () => {
  const config = loadConfig();
  // An invalid setting is reported before the whole application is loaded.
  const { startServer } = await import('./arch/start-server.js');
  await startServer(config, started);
});
