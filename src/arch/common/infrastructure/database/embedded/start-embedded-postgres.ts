import { openDataDir } from './data-dir.js';
import { takeDataDirLock } from './data-dir-lock.js';
import { EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { runServer } from './embedded-server.js';
import { inUse } from './own-data-dir.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { requireNoneAside, settleDataDir } from './settle-data-dir.js';
import { removeUpgradeFiles } from './upgrade-file.js';

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

/** Undefined when another process owns DATA_DIR; then nothing was touched. */
export async function startUnlessInUse(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const binaries = options.binaries ?? (await findPostgresBinaries());
  const dataDir = await openDataDir(options.dataDir);
  const lock = takeDataDirLock(dataDir.lock);
  if (lock === undefined) return undefined;
  try {
    await settleDataDir(dataDir, options.log);
    await requireNoneAside(dataDir);
    await removeUpgradeFiles(dataDir);
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
