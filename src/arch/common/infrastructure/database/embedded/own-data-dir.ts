import {
  type EmbeddedLog,
  lockHolder,
  reasonOf,
  removeUnfinished,
  takeFolderLock,
} from 'causerie-embedded-postgres';
import { type DataDir, openDataDir } from './data-dir.js';
import { EmbeddedDatabaseError, withAdvice } from './embedded-database.error.js';
import { settleDataDir } from './settle-data-dir.js';

/**
 * Runs `work` while this process has the lock of DATA_DIR. Incomplete databases are removed afterwards.
 * @throws EmbeddedDatabaseError when it is in use, or a file operation fails; and whatever `work` throws
 */
export async function ownDataDir<T>(
  path: string,
  log: Pick<EmbeddedLog, 'warn'>,
  work: (dataDir: DataDir) => Promise<T>,
): Promise<T> {
  const dataDir = await openDataDir(path);
  const lock = await withAdvice(async () => takeFolderLock(dataDir.lock));
  if (lock === undefined) throw inUse(dataDir);
  try {
    return await withAdvice(async () => {
      await settleDataDir(dataDir, log);
      return work(dataDir);
    });
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new EmbeddedDatabaseError(`DATA_DIR ${dataDir.path} cannot be used: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    // The first error is the one to report.
    await removeUnfinished(dataDir).catch(() => undefined);
    lock.release();
  }
}

export function inUse({ path, lock }: DataDir): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `DATA_DIR ${path} is in use by another Causerie process (pid ${lockHolder(lock)}): stop it or choose another DATA_DIR`,
  );
}
