import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { reasonOf, type ServerFolders } from 'causerie-embedded-postgres';
import { makeDataDir } from '../../config/data-dir.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';

/** The prefix of incomplete databases, which each start removes. */
export const UNFINISHED_PREFIX = 'postgres.new-';

/** The paths within DATA_DIR: absolute, without symbolic links. */
export interface DataDir extends ServerFolders {
  readonly lock: string;
}

/** Creates DATA_DIR (0700) when it is missing. @throws EmbeddedDatabaseError when it cannot be used. */
export async function openDataDir(dataDir: string): Promise<DataDir> {
  const path = resolve(dataDir);
  try {
    makeDataDir(path);
    const real = await realpath(path);
    return {
      path: real,
      database: join(real, 'postgres'),
      lock: join(real, 'lock'),
      socket: join(real, 'postgres-socket'),
      unfinishedPrefix: UNFINISHED_PREFIX,
    };
  } catch (error) {
    throw new EmbeddedDatabaseError(reasonOf(error));
  }
}
