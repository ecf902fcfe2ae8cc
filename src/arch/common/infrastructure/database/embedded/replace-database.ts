import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataDir, openDataDir } from './data-dir.js';
import { takeDataDirLock } from './data-dir-lock.js';
import { removeUnfinished, syncFolder, UNFINISHED_PREFIX } from './database-folder.js';
import { EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';
import type { EmbeddedConnection, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { runServer } from './embedded-server.js';
import { complete, finishReplacement } from './finish-replacement.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { inUse } from './start-embedded-postgres.js';

interface ReplaceOptions extends EmbeddedPostgresOptions {
  /** Whether one that is there may be put aside. */
  readonly replace: boolean;
}

/**
 * Makes a database in DATA_DIR and lets `fill` fill it, beside its place: it is put there when it is complete, and when
 * anything fails, or the process ends, nothing has changed.
 * @returns where the former database is, when there was one
 * @throws EmbeddedDatabaseError when DATA_DIR is in use, or has a database that must not be replaced
 */
export async function replaceDatabase(
  { dataDir: path, log, replace }: ReplaceOptions,
  fill: (connection: EmbeddedConnection) => Promise<void>,
): Promise<string | undefined> {
  const binaries = await findPostgresBinaries();
  const dataDir = await openDataDir(path);
  const lock = takeDataDirLock(dataDir.lock);
  if (lock === undefined) throw inUse(dataDir);
  try {
    await finishReplacement(dataDir);
    if (!replace) await requireNone(dataDir);
    await removeUnfinished(dataDir);
    const beside = { ...dataDir, database: join(dataDir.path, `${UNFINISHED_PREFIX}restored`) };
    const server = await runServer(beside, binaries, log);
    try {
      await fill(server.connection);
    } finally {
      await server.stop();
    }
    await rename(beside.database, complete(dataDir));
    await syncFolder(dataDir.path);
    return await finishReplacement(dataDir);
  } finally {
    await removeUnfinished(dataDir);
    lock.release();
  }
}

async function requireNone({ database }: DataDir): Promise<void> {
  const names = await readdir(database).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new EmbeddedDatabaseError(reasonOf(error));
  });
  if (names.length === 0) return;
  throw new EmbeddedDatabaseError(
    `There is a database in ${database}, nothing was changed: choose another DATA_DIR, or add --replace, which keeps it under another name`,
  );
}
