import { chmod, chown, stat } from 'node:fs/promises';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { LaunchStrategy } from './launch-strategy.ts';
import type { Owner } from './owner.ts';
import { firstLine, run } from './run.ts';
import type { ServerFolders } from './server-folders.ts';

interface OtherUser {
  readonly folders: ServerFolders;
  readonly postgres: string;
  readonly deathSignal: readonly string[];
  readonly owner: Owner;
}

/**
 * Runs PostgreSQL as the given user; for root only.
 * @throws EmbeddedPostgresError when that user cannot
 */
export async function otherUserStrategy({
  folders,
  postgres,
  deathSignal,
  owner,
}: OtherUser): Promise<LaunchStrategy> {
  if (deathSignal.length === 0) throw setprivMissing();
  const become = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  // A change of user clears the death signal, so it is requested afterwards.
  const prefix = [...become, ...deathSignal];
  await letThrough(folders.path, owner);
  await requireAccess([...prefix, '/bin/sh', '-c', 'cd -- "$1"', 'sh', folders.path], folders.path, owner);
  await requireAccess([...prefix, postgres, '--version'], postgres, owner);
  return { prefix, owner, watchdog: false };
}

/** Makes a folder that is closed to all others traversable, not readable, for that user's group. */
async function letThrough(folder: string, owner: Owner): Promise<void> {
  const { uid, mode } = await stat(folder);
  const passable = (mode & 0o001) !== 0 || uid === owner.uid;
  if (passable || (mode & 0o070) !== 0) return;
  try {
    await chown(folder, uid, owner.gid);
    await chmod(folder, (mode & 0o7777) | 0o010);
  } catch {
    // This user may not change it: the check that follows reports the fault.
  }
}

async function requireAccess(command: readonly string[], path: string, owner: Owner): Promise<void> {
  const probe = await run(command);
  if (!probe.failed) return;
  throw new EmbeddedPostgresError(
    'user',
    `PostgreSQL cannot run as root here and the user it would run as (uid ${owner.uid}) cannot use ${path} (${firstLine(probe.stderr)}): place it where that user may enter, start as an ordinary user`,
  );
}

function setprivMissing(): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'user',
    'PostgreSQL cannot run as root here: install setpriv (package util-linux or setpriv), start as an ordinary user',
  );
}
