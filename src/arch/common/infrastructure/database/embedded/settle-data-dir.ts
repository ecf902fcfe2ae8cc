import { readdir } from 'node:fs/promises';

import type { EmbeddedLog } from 'causerie-embedded-postgres';
import type { DataDir } from './data-dir.js';
import { FORMER_PREFIX } from './database-names.js';
import { EmbeddedDatabaseError } from './embedded-database.error.js';
import { finishReplacement } from './finish-replacement.js';

/**
 * Completes a replacement that an interrupted restore or upgrade has begun. Call it with the lock, before anything else is
 * done in DATA_DIR.
 */
export async function settleDataDir(dataDir: DataDir, log: Pick<EmbeddedLog, 'warn'>): Promise<void> {
  if (!(await finishReplacement(dataDir))) return;
  log.warn(
    `A restore or an upgrade was interrupted when its database was complete: it is in its place now, the former one is ${dataDir.path}/${FORMER_PREFIX}…`,
  );
}

/**
 * Without this check, a start would create an empty database.
 * @throws EmbeddedDatabaseError when DATA_DIR has no database, but a former one that was put aside
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
