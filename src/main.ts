import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';
import { startServer } from './arch/start-server.js';

await runOrExplain(async () => startServer(loadConfig()));
