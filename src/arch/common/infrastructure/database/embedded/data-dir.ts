import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { makeDataDir } from '../../config/data-dir.js';
import { EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';

/** Where things lie in DATA_DIR, as absolute paths without symbolic links. */
export interface DataDir {
  readonly path: string;
  /** The database folder of PostgreSQL. */
  readonly database: string;
  readonly lock: string;
  /** The folder of the unix socket, or a link to it where this path would be too long. */
  readonly socket: string;
}

/** Makes DATA_DIR (0700) when it is missing. @throws EmbeddedDatabaseError when it cannot be used. */
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
    };
  } catch (error) {
    throw new EmbeddedDatabaseError(reasonOf(error));
  }
}
