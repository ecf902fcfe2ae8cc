import { setInterval as every } from 'node:timers/promises';

import { answers, readPostmasterPid, type RunningPostgres } from 'causerie-embedded-postgres';
import { type DataDir, openDataDir } from './data-dir.js';
import { EmbeddedDatabaseError, withAdvice } from './embedded-database.error.js';
import { DATABASE_NAME, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { startUnlessInUse } from './start-embedded-postgres.js';

/** Milliseconds, because the owner of DATA_DIR may still be creating or recovering the database. */
const ATTACH_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/**
 * Uses the server that another process runs on this DATA_DIR, else starts it: for migrate and seed.
 * Stopping an attached one leaves it running.
 *
 * @throws EmbeddedDatabaseError as `startEmbeddedPostgres`, and when the other server does not answer.
 */
export async function attachOrStartEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<RunningPostgres> {
  const deadline = Date.now() + ATTACH_TIMEOUT_MS;
  for await (const _ of every(POLL_MS)) {
    const found = (await startUnlessInUse(options)) ?? (await attach(await openDataDir(options.dataDir)));
    if (found) return found;
    if (Date.now() > deadline) break;
  }
  throw new EmbeddedDatabaseError(
    `Another Causerie process uses DATA_DIR ${options.dataDir}, but its database does not answer: stop it and try again`,
  );
}

async function attach({ database }: DataDir): Promise<RunningPostgres | undefined> {
  const server = await withAdvice(() => readPostmasterPid(database));
  if (!server?.socketFolder) return undefined;
  const connection = {
    host: server.socketFolder,
    port: server.port,
    user: DATABASE_NAME,
    database: DATABASE_NAME,
  };
  if (!(await answers(connection))) return undefined;
  return { connection, created: false, stop: () => Promise.resolve() };
}
