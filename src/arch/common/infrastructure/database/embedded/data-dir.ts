import { constants } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { codeOf, EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';

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
    // the folders above it get the usual mode: whoever PostgreSQL runs as has to pass them
    await mkdir(dirname(path), { recursive: true });
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const real = await realpath(path);
    return {
      path: real,
      database: join(real, 'postgres'),
      lock: join(real, 'lock'),
      socket: join(real, 'postgres-socket'),
    };
  } catch (error) {
    throw new EmbeddedDatabaseError(`DATA_DIR ${path} ${whyUnusable(error)}`);
  }
}

const REASONS: Partial<Record<string, string>> = {
  EEXIST: 'is not a folder: choose another DATA_DIR',
  ENOTDIR: 'is not a folder: choose another DATA_DIR',
  EACCES: 'is not writable for this user: change its permissions or choose another DATA_DIR',
  EPERM: 'is not writable for this user: change its permissions or choose another DATA_DIR',
  EROFS: 'is on a read-only file system: choose another DATA_DIR',
};

function whyUnusable(error: unknown): string {
  return REASONS[codeOf(error) ?? ''] ?? `cannot be used: ${reasonOf(error)}`;
}
