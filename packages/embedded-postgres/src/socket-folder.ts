import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { Owner } from './owner.ts';
import { SOCKET_PORT } from './server-settings.ts';

/** Linux allows 107 bytes for a socket's path, macOS 103. */
const LONGEST_SOCKET_PATH = 100;
const TEMPORARY_PREFIX = 'embedded-postgres-';

/**
 * Creates the folder of the socket (0700), empty. When `path` would be too long for a socket, it is a new folder under
 * the temp directory, and `path` a link to it, so that the next start can remove it.
 *
 * @returns the folder to use
 */
export async function makeSocketFolder(path: string, owner: Owner | undefined): Promise<string> {
  await removeSocketFolder(path);
  const folder = fits(path) ? path : await mkdtemp(join(temporaryFolder(), TEMPORARY_PREFIX));
  if (folder === path) await mkdir(path);
  else await symlink(folder, path);
  await chmod(folder, 0o700);
  if (owner) await chown(folder, owner.uid, owner.gid);
  return folder;
}

/** Removes the files of an earlier server from the folder: its lock file may contain a pid that has been reused. */
export async function emptySocketFolder(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

/** Removes the folder, and the target of a link. */
export async function removeSocketFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink()) {
    const target = await readlink(path);
    if (basename(target).startsWith(TEMPORARY_PREFIX)) await rm(target, { recursive: true, force: true });
  }
  // It retries, because an initdb that is just ending may still write.
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
}

function temporaryFolder(): string {
  const folder = [tmpdir(), '/tmp'].find((candidate) => fits(join(candidate, `${TEMPORARY_PREFIX}123456`)));
  if (folder === undefined)
    throw new EmbeddedPostgresError('machine', 'The path of the temp directory is too long for a socket');
  return folder;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
}
