/** A process that owns the server of the folder in its first argument; it stops on SIGTERM. */
import { reasonOf } from '../src/embedded-postgres.error.ts';
import { findPostgresBinaries } from '../src/postgres-binaries.ts';
import { startEmbeddedPostgres } from '../src/start-embedded-postgres.ts';

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
const log = {
  debug: () => undefined,
  warn: (line: string) => say({ warn: line }),
};

try {
  const binaries = await findPostgresBinaries(import.meta.url);
  const folder = process.argv[2] ?? '';
  const server = await startEmbeddedPostgres({ folder, name: 'owner', binaries, log });
  process.once('SIGTERM', () => void server.stop());
  say({ connection: server.connection, created: server.created });
} catch (error) {
  say({ failed: reasonOf(error), name: error instanceof Error ? error.name : '' });
  process.exitCode = 1;
}
