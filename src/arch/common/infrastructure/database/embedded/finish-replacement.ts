import { rename, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { reasonOf, settleEarlierServer, syncFolder } from 'causerie-embedded-postgres';
import type { DataDir } from './data-dir.js';
import { completeDatabase, FORMER_PREFIX, isMissing } from './database-names.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';

interface Replacement {
  /** The path of the former database, if there was one. */
  readonly former: string | undefined;
}

/**
 * Moves a complete database to its final path, and the current one beside it. After an interruption at any moment the next
 * call continues, because the complete database is still under the name for it. Call it only with the lock.
 * @returns undefined when there was nothing to do
 * @throws EmbeddedDatabaseError when it cannot be done; then the current database has been moved back
 */
export async function finishReplacement(dataDir: DataDir): Promise<Replacement | undefined> {
  const complete = completeDatabase(dataDir.path);
  try {
    if (await isMissing(complete)) return undefined;
    const former = await putAside(dataDir.database);
    try {
      // A power failure may reorder two renames that have not been synced.
      await syncFolder(dataDir.path);
      await rename(complete, dataDir.database);
    } catch (error) {
      if (former !== undefined) await rename(former, dataDir.database);
      throw error;
    }
    await syncFolder(dataDir.path);
    return { former };
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError) throw error;
    throw new EmbeddedDatabaseError(
      `${complete} cannot be put into the place of ${dataDir.database}: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

async function putAside(database: string): Promise<string | undefined> {
  // An empty folder is no database.
  await rmdir(database).catch(() => undefined);
  if (await isMissing(database)) return undefined;
  await settleEarlierServer(database);
  const now = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const former = join(dirname(database), `${FORMER_PREFIX}${now}`);
  await rename(database, former);
  return former;
}
