import { readdir } from 'node:fs/promises';

import type { EmbeddedLog } from 'causerie-embedded-postgres';
import type { DataDir } from './data-dir.js';
import { FORMER_PREFIX } from './database-names.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';
import { finishReplacement } from './finish-replacement.js';

/** Finishes what a restore or an upgrade that was interrupted has begun; before anything is done in DATA_DIR, with the lock. */
export async function settleDataDir(dataDir: DataDir, log: Pick<EmbeddedLog, 'warn'>): Promise<void> {
  if (!(await finishReplacement(dataDir))) return;
  log.warn(
    `A restore or an upgrade was interrupted when its database was complete: it is in its place now, the former one is ${dataDir.path}/${FORMER_PREFIX}…`,
  );
}

/**
 * A start would make an empty database where there is none.
 * @throws EmbeddedDatabaseError when one was put aside, which somebody may miss
 */
export async function requireNoneAside({ database, path }: DataDir): Promise<void> {
  const present = await readdir(database).catch(() => []);
  if (present.length > 0) return;
  const former = (await readdir(path)).filter((name) => name.startsWith(FORMER_PREFIX)).toSorted();
  if (former.length === 0) return;
  throw new EmbeddedDatabaseError(
    `DATA_DIR ${path} has no database, but ${former.at(-1)}, which a restore or an upgrade has put aside: rename it to postgres, or move it away to begin with an empty one`,
  );
}
