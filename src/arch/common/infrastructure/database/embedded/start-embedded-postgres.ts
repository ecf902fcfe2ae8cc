import {
  EmbeddedPostgresError,
  type FolderLock,
  reasonOf,
  type RunningPostgres,
  runServer,
  takeFolderLock,
} from 'causerie-embedded-postgres';
import { type DataDir, openDataDir } from './data-dir.js';
import { EmbeddedDatabaseError, withAdvice } from './embedded-database.error.js';
import { DATABASE_NAME, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { inUse } from './own-data-dir.js';
import { findOwnBinaries } from './own-binaries.js';
import { requireNoneAside, settleDataDir } from './settle-data-dir.js';
import { removeUpgradeFiles } from './upgrade-file.js';

/**
 * Starts PostgreSQL on DATA_DIR and keeps it running (it is restarted when it ends unexpectedly) until `stop()` or
 * the end of this process, SIGKILL included.
 *
 * @throws EmbeddedDatabaseError when DATA_DIR is in use or unusable, or PostgreSQL cannot run on it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  const started = await startUnlessInUse(options);
  if (started !== undefined) return started;
  throw inUse(await openDataDir(options.dataDir));
}

/** Undefined when another process has DATA_DIR; then nothing has changed. */
export function startUnlessInUse(options: EmbeddedPostgresOptions): Promise<RunningPostgres | undefined> {
  return withAdvice(async () => {
    const binaries = options.binaries ?? (await findOwnBinaries());
    const dataDir = await openDataDir(options.dataDir);
    const lock = takeFolderLock(dataDir.lock);
    if (lock === undefined) return undefined;
    try {
      return await startOwned(dataDir, { ...options, binaries }, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

async function startOwned(
  dataDir: DataDir,
  { binaries, log }: Required<EmbeddedPostgresOptions>,
  lock: FolderLock,
): Promise<RunningPostgres> {
  try {
    await settleDataDir(dataDir, log);
    await requireNoneAside(dataDir);
    await removeUpgradeFiles(dataDir);
    const server = await runServer(dataDir, { name: DATABASE_NAME, binaries, log });
    return { ...server, stop: () => server.stop().finally(() => lock.release()) };
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError || error instanceof EmbeddedPostgresError) throw error;
    const message = `The embedded database in DATA_DIR ${dataDir.path} could not be started: ${reasonOf(error)}`;
    throw new EmbeddedDatabaseError(message, { cause: error });
  }
}
