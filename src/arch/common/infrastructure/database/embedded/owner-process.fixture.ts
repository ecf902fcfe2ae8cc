/** A process that owns the embedded database of the DATA_DIR in its first argument; it stops on SIGTERM. */
import { reasonOf } from './embedded-database.error.js';
import { startEmbeddedPostgres } from './start-embedded-postgres.js';

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
const log = {
  debug: () => undefined,
  warn: (line: string) => say({ warn: line }),
};

try {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log });
  process.once('SIGTERM', () => void server.stop());
  say({ connection: server.connection, created: server.created });
} catch (error) {
  say({ failed: reasonOf(error), name: error instanceof Error ? error.name : '' });
  process.exitCode = 1;
}
