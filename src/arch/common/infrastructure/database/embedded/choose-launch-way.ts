import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import type { DataDir } from './data-dir.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';
import type { LaunchWay } from './launch-way.js';
import { otherUserWay } from './other-user-way.js';
import { lookUpNobody, type Owner } from './owner.js';
import { run } from './run.js';

/** Makes the server get SIGINT (fast shutdown) from the kernel when its parent ends, however that is. */
const DEATH_SIGNAL = ['setpriv', '--pdeathsig', 'INT'];

/**
 * The way that fits this process's user and, when there is a database already, its owner.
 *
 * @throws EmbeddedDatabaseError when there is none.
 */
export async function chooseLaunchWay(dataDir: DataDir, postgres: string): Promise<LaunchWay> {
  const owner = await databaseOwner(dataDir);
  const hasDeathSignal = process.platform === 'linux' && !(await run([...DEATH_SIGNAL, 'true'])).failed;
  const deathSignal = hasDeathSignal ? DEATH_SIGNAL : [];
  const watchdog = !hasDeathSignal;
  const uid = process.getuid?.() ?? 0;

  if (uid !== 0) {
    requireOwnDatabase(dataDir, owner, uid);
    const rename = hasName() ? undefined : await namespacePrefix();
    return { prefix: [...(rename ?? []), ...deathSignal], watchdog };
  }
  if (owner === undefined || owner.uid === 0) {
    const namespace = await namespacePrefix();
    if (namespace) return { prefix: [...namespace, ...deathSignal], watchdog };
    if (owner) throw rootsDatabase(dataDir);
  }
  return otherUserWay({ dataDir, postgres, deathSignal, owner: owner ?? (await lookUpNobody()) });
}

/** A folder without PG_VERSION holds no database: an empty one is replaced. */
async function databaseOwner(dataDir: DataDir): Promise<Owner | undefined> {
  const found = await stat(join(dataDir.database, 'PG_VERSION')).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

/**
 * Shows this user to PostgreSQL as `nobody`: neither root nor nameless, while files keep their owner.
 * Undefined where user namespaces are refused, as many containers do.
 */
async function namespacePrefix(): Promise<string[] | undefined> {
  const nobody = await lookUpNobody();
  const prefix = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  return (await run([...prefix, 'true'])).failed ? undefined : prefix;
}

/** initdb refuses a user whom /etc/passwd does not know (`docker run --user 12345`). */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function requireOwnDatabase(dataDir: DataDir, owner: Owner | undefined, uid: number): void {
  if (owner === undefined || owner.uid === uid) return;
  throw new EmbeddedDatabaseError(
    `The database folder ${dataDir.database} belongs to another user (uid ${owner.uid}): start as that user or choose another DATA_DIR`,
  );
}

function rootsDatabase(dataDir: DataDir): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `The database folder ${dataDir.database} belongs to root, for whom PostgreSQL cannot run here (user namespaces are refused): run "chown -R nobody ${dataDir.database}" or set DATABASE_URL`,
  );
}
