import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { LaunchStrategy } from './launch-strategy.ts';
import { otherUserStrategy } from './other-user-strategy.ts';
import { lookUpNobody, type Owner } from './owner.ts';
import { run } from './run.ts';
import type { ServerFolders } from './server-folders.ts';

/** Makes the kernel send SIGINT (fast shutdown) to the server when its parent process ends, for whatever reason. */
const DEATH_SIGNAL = ['setpriv', '--pdeathsig', 'INT'];

/**
 * The launch strategy for this process's user and, if there is a database already, its owner.
 *
 * @throws EmbeddedPostgresError when there is none
 */
export async function chooseLaunchStrategy(
  folders: ServerFolders,
  postgres: string,
): Promise<LaunchStrategy> {
  const owner = await databaseOwner(folders);
  const hasDeathSignal = process.platform === 'linux' && !(await run([...DEATH_SIGNAL, 'true'])).failed;
  const deathSignal = hasDeathSignal ? DEATH_SIGNAL : [];
  const watchdog = !hasDeathSignal;
  const uid = process.getuid?.() ?? 0;

  if (uid !== 0) {
    requireOwnDatabase(folders, owner, uid);
    const rename = hasName() ? undefined : await namespacePrefix();
    return { prefix: [...(rename ?? []), ...deathSignal], watchdog };
  }
  if (owner === undefined || owner.uid === 0) {
    const namespace = await namespacePrefix();
    if (namespace) return { prefix: [...namespace, ...deathSignal], watchdog };
    if (owner) throw rootsDatabase(folders);
  }
  return otherUserStrategy({ folders, postgres, deathSignal, owner: owner ?? (await lookUpNobody()) });
}

/** A folder without PG_VERSION holds no database: an empty one is replaced. */
async function databaseOwner(folders: ServerFolders): Promise<Owner | undefined> {
  const found = await stat(join(folders.database, 'PG_VERSION')).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

/**
 * Maps this user to `nobody` for PostgreSQL: neither root nor without a name, while files keep their owner. Undefined
 * where user namespaces are refused, as in many containers.
 */
async function namespacePrefix(): Promise<string[] | undefined> {
  const nobody = await lookUpNobody();
  const prefix = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  return (await run([...prefix, 'true'])).failed ? undefined : prefix;
}

/** initdb refuses a user without an entry in /etc/passwd (`docker run --user 12345`). */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function requireOwnDatabase(folders: ServerFolders, owner: Owner | undefined, uid: number): void {
  if (owner === undefined || owner.uid === uid) return;
  throw new EmbeddedPostgresError(
    'folder',
    `The database folder ${folders.database} belongs to another user (uid ${owner.uid}): start as that user`,
  );
}

function rootsDatabase(folders: ServerFolders): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'user',
    `The database folder ${folders.database} belongs to root, for whom PostgreSQL cannot run here (user namespaces are refused): run "chown -R nobody ${folders.database}"`,
  );
}
