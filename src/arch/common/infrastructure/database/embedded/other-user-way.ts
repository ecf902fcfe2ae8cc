import { chmod, chown, stat } from 'node:fs/promises';

import type { DataDir } from './data-dir.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';
import type { LaunchWay } from './launch-way.js';
import type { Owner } from './owner.js';
import { firstLine, run } from './run.js';

interface OtherUser {
  readonly dataDir: DataDir;
  readonly postgres: string;
  readonly deathSignal: readonly string[];
  readonly owner: Owner;
}

/** Runs PostgreSQL as the given user; for root only. @throws EmbeddedDatabaseError when that user cannot. */
export async function otherUserWay({ dataDir, postgres, deathSignal, owner }: OtherUser): Promise<LaunchWay> {
  if (deathSignal.length === 0) throw setprivMissing();
  const become = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  // a change of user clears the death signal, so it is asked for after it
  const prefix = [...become, ...deathSignal];
  await letThrough(dataDir.path, owner);
  await requireAccess([...prefix, '/bin/sh', '-c', 'cd -- "$1"', 'sh', dataDir.path], dataDir.path, owner);
  await requireAccess([...prefix, postgres, '--version'], postgres, owner);
  return { prefix, owner, watchdog: false };
}

/** A DATA_DIR that is closed for all others gets passable, not readable, for that user's group. */
async function letThrough(folder: string, owner: Owner): Promise<void> {
  const { uid, mode } = await stat(folder);
  const passable = (mode & 0o001) !== 0 || uid === owner.uid;
  if (passable || (mode & 0o070) !== 0) return;
  try {
    await chown(folder, uid, owner.gid);
    await chmod(folder, (mode & 0o7777) | 0o010);
  } catch {
    // not ours to change: the check that follows says what is wrong
  }
}

async function requireAccess(command: readonly string[], path: string, owner: Owner): Promise<void> {
  const probe = await run(command);
  if (!probe.failed) return;
  throw new EmbeddedDatabaseError(
    `PostgreSQL cannot run as root here and the user it would run as (uid ${owner.uid}) cannot use ${path} (${firstLine(probe.stderr)}): place it where that user may enter, start as an ordinary user, or set DATABASE_URL`,
  );
}

function setprivMissing(): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'PostgreSQL cannot run as root here: install setpriv (package util-linux or setpriv), start as an ordinary user, or set DATABASE_URL',
  );
}
