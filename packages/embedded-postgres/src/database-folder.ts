import { chown, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { LaunchStrategy } from './launch-strategy.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { abandonServer } from './postmaster-pid.ts';
import { run } from './run.ts';
import type { ServerFolders } from './server-folders.ts';
import { removeSocketFolder } from './socket-folder.ts';
import { syncFolder } from './sync-folder.ts';

/** @throws EmbeddedPostgresError, without a change, when the folder does not fit these binaries */
export async function hasDatabase(
  { database }: ServerFolders,
  { major }: PostgresBinaries,
): Promise<boolean> {
  const names = await readdir(database).catch((error: unknown) => unreadable(database, error));
  if (names.length === 0) return false;
  const found = await readFile(join(database, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found === undefined) {
    throw new EmbeddedPostgresError(
      'folder',
      `${database} is neither empty nor a database of PostgreSQL (it has no readable PG_VERSION), nothing was changed: move it away`,
    );
  }
  if (found.trim() !== String(major)) {
    throw new EmbeddedPostgresError(
      Number(found) < major ? 'earlier-major' : 'later-major',
      `${database} was made by PostgreSQL ${found.trim()}, and this is PostgreSQL ${major}, nothing was changed`,
    );
  }
  return true;
}

/** Creates the database folder beside its final path and renames it when complete: a partial one never exists there. */
export async function createDatabase(
  folders: ServerFolders,
  name: string,
  binaries: PostgresBinaries,
  strategy: LaunchStrategy,
): Promise<void> {
  const folder = await mkdtemp(join(folders.path, folders.unfinishedPrefix));
  if (strategy.owner) await chown(folder, strategy.owner.uid, strategy.owner.gid);
  const made = await run([...strategy.prefix, binaries.initdb, ...initdbArguments(folder, name)]);
  if (made.failed) {
    await rm(folder, { recursive: true, force: true });
    const lines = made.stderr.split('\n');
    const reason = lines.find((line) => /error:|FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? '';
    throw new EmbeddedPostgresError(
      'server',
      `The database could not be created in ${folders.path}: ${reason}`,
    );
  }
  await rename(folder, folders.database);
  await syncFolder(folders.path);
}

/** Removes the remains of killed starts; call it only with the lock. */
export async function removeUnfinished({ path, unfinishedPrefix }: ServerFolders): Promise<void> {
  const names = await readdir(path);
  const unfinished = names.filter((name) => name.startsWith(unfinishedPrefix));
  await Promise.all(unfinished.map((name) => abandon(join(path, name))));
}

async function abandon(folder: string): Promise<void> {
  await abandonServer(folder);
  // It may be a socket's folder, and a link.
  await removeSocketFolder(folder);
}

function initdbArguments(folder: string, name: string): string[] {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  // `trust`, because a user who may enter the socket's 0700 folder may read the database's files as well.
  return ['-D', folder, `--username=${name}`, '--auth=trust', '--data-checksums', ...locale];
}

function unreadable(database: string, error: unknown): string[] {
  if (codeOf(error) === 'ENOENT') return [];
  throw new EmbeddedPostgresError(
    'folder',
    `The database folder ${database} cannot be read by this user, or is no folder`,
  );
}
