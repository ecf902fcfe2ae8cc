import { type DataDir, openDataDir } from './data-dir.js';
import { lockHolder, takeDataDirLock } from './data-dir-lock.js';
import { EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { runServer } from './embedded-server.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { finishReplacement } from './finish-replacement.js';

/**
 * Starts PostgreSQL on DATA_DIR and keeps it running (it is started again when it dies) until `stop()` or
 * the end of this process, SIGKILL included.
 *
 * @throws EmbeddedDatabaseError when DATA_DIR is in use or unusable, or PostgreSQL cannot run on it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const started = await startUnlessInUse(options);
  if (started !== undefined) return started;
  throw inUse(await openDataDir(options.dataDir));
}

export function inUse({ path, lock }: DataDir): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `DATA_DIR ${path} is in use by another Causerie process (pid ${lockHolder(lock)}): stop it or choose another DATA_DIR`,
  );
}

/** Undefined when another process owns DATA_DIR; then nothing was touched. */
export async function startUnlessInUse(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const binaries = options.binaries ?? (await findPostgresBinaries());
  const dataDir = await openDataDir(options.dataDir);
  const lock = takeDataDirLock(dataDir.lock);
  if (lock === undefined) return undefined;
  try {
    await finishReplacement(dataDir);
    const server = await runServer(dataDir, binaries, options.log);
    let stopped: Promise<void> | undefined;
    return { ...server, stop: () => (stopped ??= server.stop().finally(() => lock.release())) };
  } catch (error) {
    lock.release();
    if (error instanceof EmbeddedDatabaseError) throw error;
    const message = `The embedded database in DATA_DIR ${dataDir.path} could not be started: ${reasonOf(error)}`;
    throw new EmbeddedDatabaseError(message, { cause: error });
  }
}
