import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataDir } from './data-dir.js';
import { syncFolder } from './database-folder.js';
import { settleEarlierServer } from './postmaster-pid.js';

/** Under this name a database that is to take the place of the present one is complete. */
export const complete = ({ path }: DataDir): string => join(path, 'postgres.restored');

/**
 * Puts a complete database in its place, and the one that was there beside it. What is interrupted in between goes on with
 * the next start: there is no moment at which that would find none. Only with the lock.
 * @returns where the former one is, when there was one
 */
export async function finishReplacement(dataDir: DataDir): Promise<string | undefined> {
  const { database, path } = dataDir;
  if (!existsSync(complete(dataDir))) return undefined;
  let former: string | undefined;
  if (existsSync(database)) {
    await settleEarlierServer(database);
    former = `${database}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(database, former);
  }
  await rename(complete(dataDir), database);
  await syncFolder(path);
  return former;
}
