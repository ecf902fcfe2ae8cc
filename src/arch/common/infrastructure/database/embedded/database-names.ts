import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf } from 'causerie-embedded-postgres';
import { type DataDir, UNFINISHED_PREFIX } from './data-dir.js';

/** How the names begin under which former databases are kept. */
export const FORMER_PREFIX = 'postgres.before-';

/** Under this name a database that is to take the place of the present one is complete. */
export const completeDatabase = (dataDir: string): string => join(dataDir, 'postgres.restored');

/** The socket's folder of a database that is filled beside its place. */
export const besideSocket = ({ path }: Pick<DataDir, 'path'>): string =>
  join(path, `${UNFINISHED_PREFIX}socket`);

/** Whether there is a database in DATA_DIR, or one about to take its place. */
export function isDatabaseIn(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres')) || existsSync(completeDatabase(dataDir));
}

/** Links that lead nowhere are there; what cannot be looked at is not missing. */
export async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return true;
      throw error;
    },
  );
}
