import { chown, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataDir } from './data-dir.js';
import { besideSocket, UNFINISHED_PREFIX } from './database-names.js';
import { codeOf, EmbeddedDatabaseError } from './embedded-database.error.js';
import type { LaunchWay } from './launch-way.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { abandonServer } from './postmaster-pid.js';
import { run } from './run.js';
import { removeSocketFolder } from './socket-folder.js';
import { syncFolder } from './sync-folder.js';

/** The superuser and the application's database share the name. */
export const DATABASE_NAME = 'causerie';

/** @throws EmbeddedDatabaseError, having changed nothing, when the folder is not one for these binaries. */
export async function hasDatabase({ database }: DataDir, { major }: PostgresBinaries): Promise<boolean> {
  const names = await readdir(database).catch((error: unknown) => unreadable(database, error));
  if (names.length === 0) return false;
  const found = await readFile(join(database, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found === undefined) {
    throw new EmbeddedDatabaseError(
      `${database} is neither empty nor a database of PostgreSQL (it has no readable PG_VERSION), nothing was changed: move it away or choose another DATA_DIR`,
    );
  }
  if (found.trim() !== String(major)) {
    const way = Number(found) < major ? 'run "pnpm database:upgrade"' : 'start the Causerie that has made it';
    throw new EmbeddedDatabaseError(
      `${database} was made by PostgreSQL ${found.trim()}, this Causerie comes with PostgreSQL ${major}, nothing was changed: ${way}, or choose another DATA_DIR`,
    );
  }
  return true;
}

/** Makes the database folder beside its place and renames it when complete: there is never half of one. */
export async function createDatabase(
  dataDir: DataDir,
  binaries: PostgresBinaries,
  way: LaunchWay,
): Promise<void> {
  const folder = await mkdtemp(join(dataDir.path, UNFINISHED_PREFIX));
  if (way.owner) await chown(folder, way.owner.uid, way.owner.gid);
  const made = await run([...way.prefix, binaries.initdb, ...initdbArguments(folder)]);
  if (made.failed) {
    await rm(folder, { recursive: true, force: true });
    const lines = made.stderr.split('\n');
    const reason = lines.find((line) => /error:|FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? '';
    throw new EmbeddedDatabaseError(`The database could not be created in ${dataDir.path}: ${reason}`);
  }
  await rename(folder, dataDir.database);
  await syncFolder(dataDir.path);
}

/** Removes what starts and restores that were killed left; only with the lock. */
export async function removeUnfinished(dataDir: DataDir): Promise<void> {
  await removeSocketFolder(besideSocket(dataDir));
  const names = await readdir(dataDir.path);
  const unfinished = names.filter((name) => name.startsWith(UNFINISHED_PREFIX));
  // retries: an initdb that is just dying may still write
  const options = { recursive: true, force: true, maxRetries: 5 };
  const remove = async (folder: string): Promise<void> => {
    await abandonServer(folder);
    await rm(folder, options);
  };
  await Promise.all(unfinished.map((name) => remove(join(dataDir.path, name))));
}

function initdbArguments(folder: string): string[] {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  // trust: whoever may enter the socket's 0700 folder may read the database's files just as well
  return ['-D', folder, `--username=${DATABASE_NAME}`, '--auth=trust', '--data-checksums', ...locale];
}

function unreadable(database: string, error: unknown): string[] {
  if (codeOf(error) === 'ENOENT') return [];
  throw new EmbeddedDatabaseError(
    `The database folder ${database} cannot be read by this user, or is no folder`,
  );
}
