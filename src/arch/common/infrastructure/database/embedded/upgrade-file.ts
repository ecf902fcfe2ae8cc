import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataDir } from './data-dir.js';

const PREFIX = 'of-postgresql-';

/** The backup by which an upgrade moves the contents from one version of PostgreSQL to the next. */
export const upgradeFile = ({ path }: Pick<DataDir, 'path'>, major: number): string =>
  join(path, `${PREFIX}${major}.backup`);

/** Removes the backups that a killed upgrade has left, because they contain all messages. Call it only with the lock. */
export async function removeUpgradeFiles({ path }: DataDir): Promise<void> {
  const files = (await readdir(path)).filter((name) => name.startsWith(PREFIX));
  await Promise.all(files.map((name) => rm(join(path, name), { force: true })));
}
