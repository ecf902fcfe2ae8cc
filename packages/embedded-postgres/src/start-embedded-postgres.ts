import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { EmbeddedPostgresError, reasonOf } from './embedded-postgres.error.ts';
import { runServer, type ServerOptions } from './embedded-server.ts';
import { lockHolder, takeFolderLock } from './folder-lock.ts';
import type { RunningPostgres } from './running-postgres.ts';
import type { ServerFolders } from './server-folders.ts';

export interface StartOptions extends ServerOptions {
  /** A folder for this server only; created (0700) when it is missing. */
  readonly folder: string;
}

/**
 * Starts PostgreSQL in a folder and keeps it running (it is restarted when it ends unexpectedly) until `stop()` or the
 * end of this process, SIGKILL included.
 * @throws EmbeddedPostgresError when the folder is in use or unusable, or PostgreSQL cannot run in it
 */
export async function startEmbeddedPostgres({ folder, ...options }: StartOptions): Promise<RunningPostgres> {
  const folders = await openFolder(folder);
  const lockPath = join(folders.path, 'lock');
  const lock = takeFolderLock(lockPath);
  if (lock === undefined) {
    const message = `${folders.path} is in use by another process (pid ${lockHolder(lockPath)})`;
    throw new EmbeddedPostgresError('in-use', message);
  }
  try {
    const server = await runServer(folders, options);
    return { ...server, stop: () => server.stop().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openFolder(folder: string): Promise<ServerFolders> {
  try {
    await mkdir(resolve(folder, '..'), { recursive: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = await realpath(folder);
    const [database, socket] = [join(path, 'postgres'), join(path, 'postgres-socket')];
    return { path, database, socket, unfinishedPrefix: 'postgres.new-' };
  } catch (error) {
    throw new EmbeddedPostgresError('folder', `${folder} cannot be used: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
