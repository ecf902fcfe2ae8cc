import { lstat, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import {
  codeOf,
  type EmbeddedConnection,
  type EmbeddedLog,
  reasonOf,
  removeUnfinished,
  runServer,
  syncFolder,
} from 'causerie-embedded-postgres';
import { type DataDir, UNFINISHED_PREFIX } from './data-dir.js';
import { besideSocket, completeDatabase, isMissing } from './database-names.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';
import { DATABASE_NAME } from './embedded-postgres.js';
import { finishReplacement } from './finish-replacement.js';
import { findOwnBinaries } from './own-binaries.js';

interface ReplaceOptions {
  readonly log: EmbeddedLog;
  /** Whether an existing database may be put aside. */
  readonly replace: boolean;
}

/**
 * Creates a database beside the current one, lets `fill` fill it, and replaces the current one when it is complete. Nothing has
 * changed when a step fails or the process ends before that. Call it only with the lock.
 * @returns the path of the former database, if there was one
 * @throws EmbeddedDatabaseError when DATA_DIR has a database that may not be replaced, or cannot be replaced
 */
export async function replaceDatabase(
  dataDir: DataDir,
  { log, replace }: ReplaceOptions,
  fill: (connection: EmbeddedConnection) => Promise<void>,
): Promise<string | undefined> {
  await requireReplaceable(dataDir, replace);
  // A socket of its own, so that no process takes it for the current database.
  const socket = besideSocket(dataDir);
  const database = join(dataDir.path, `${UNFINISHED_PREFIX}restored`);
  // A killed restore may have left an incomplete database of this name.
  await removeUnfinished(dataDir);
  const binaries = await findOwnBinaries();
  const folders = { ...dataDir, database, socket };
  const server = await runServer(folders, { name: DATABASE_NAME, binaries, log });
  try {
    await fill(server.connection);
  } finally {
    await server.stop();
  }
  const complete = completeDatabase(dataDir.path);
  await rename(database, complete);
  await syncFolder(dataDir.path);
  try {
    return (await finishReplacement(dataDir))?.former;
  } catch (error) {
    // The next start would retry a replacement that was reported as failed; it must do so only where there is no database.
    if (!(await isMissing(dataDir.database))) await rename(complete, database).catch(() => undefined);
    throw error;
  }
}

async function requireReplaceable({ database, path }: DataDir, replace: boolean): Promise<void> {
  const names = await readdir(database).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new EmbeddedDatabaseError(reasonOf(error));
  });
  if (names === undefined) return;
  if (names.length > 0 && !replace) {
    throw new EmbeddedDatabaseError(
      `There is a database in ${database}, nothing was changed: choose another DATA_DIR, or add --replace, which keeps it under another name`,
    );
  }
  // A link itself is renamed, not its target.
  const [place, folder] = await Promise.all([lstat(database), lstat(path)]);
  if (place.dev === folder.dev) return;
  throw new EmbeddedDatabaseError(
    `${database} is a file system of its own, which cannot be put aside, nothing was changed: mount it as DATA_DIR, or choose another one`,
  );
}
