import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataDir } from './data-dir.js';

const PREFIX = 'of-postgresql-';

/** Where an upgrade keeps the contents between the two PostgreSQLs. */
export const upgradeFile = ({ path }: Pick<DataDir, 'path'>, major: number): string =>
  join(path, `${PREFIX}${major}.backup`);

/** Removes what an upgrade that was killed has left, whole or not: it holds all messages. Only with the lock. */
export async function removeUpgradeFiles({ path }: DataDir): Promise<void> {
  const files = (await readdir(path)).filter((name) => name.startsWith(PREFIX));
  await Promise.all(files.map((name) => rm(join(path, name), { force: true })));
}
