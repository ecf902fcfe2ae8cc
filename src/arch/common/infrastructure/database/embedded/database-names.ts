import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf } from 'causerie-embedded-postgres';
import { type DataDir, UNFINISHED_PREFIX } from './data-dir.js';

/** The prefix of the names under which former databases are kept. */
export const FORMER_PREFIX = 'postgres.before-';

/** The path of a complete database that is about to replace the current one. */
export const completeDatabase = (dataDir: string): string => join(dataDir, 'postgres.restored');

/** The folder of the socket of a database that is being filled beside its final path. */
export const besideSocket = ({ path }: Pick<DataDir, 'path'>): string =>
  join(path, `${UNFINISHED_PREFIX}socket`);

/** Whether DATA_DIR has a database, or a complete one that is about to replace it. */
export function isDatabaseIn(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres')) || existsSync(completeDatabase(dataDir));
}

/** A dangling link is not missing, and neither is a path that cannot be read: that error is thrown. */
export async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return true;
      throw error;
    },
  );
}
