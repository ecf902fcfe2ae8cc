import './require-node.js';
import './arch/tune-garbage-collection.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { runOrExplain } from './arch/run-or-explain.js';

await runOrExplain(async () => {
  const config = loadConfig();
  // Whoever has mistyped a setting need not wait for the whole application to be loaded.
  const { startServer } = await import('./arch/start-server.js');
  await startServer(config);
});
