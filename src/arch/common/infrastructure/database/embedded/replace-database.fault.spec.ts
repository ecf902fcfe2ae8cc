import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { ask } from '../../../../../../test/faults/postmaster.js';
import { removeFolders, temporaryFolder } from '../../../../../../test/faults/temporary-folder.js';
import { failAtRename } from '../../../../../../test/support/stopped-files.js';
import { openDataDir } from './data-dir.js';
import { ownDataDir } from './own-data-dir.js';
import { replaceDatabase } from './replace-database.js';
import { settleDataDir } from './settle-data-dir.js';

afterAll(removeFolders);

const log = { debug: () => undefined, warn: (line: string) => expect.fail(line) };

it.each([
  ['to put the former database aside', / \S+\/postgres\.before-/],
  ['to put the new database in its place', /postgres\.restored \S+\/postgres$/],
])('what the system refuses %s is removed, and no start tries it again', async (_, names) => {
  const path = join(temporaryFolder(), 'data');
  mkdirSync(join(path, 'postgres'), { recursive: true });
  writeFileSync(join(path, 'postgres/PG_VERSION'), 'the former one');
  const busy = Object.assign(new Error('EBUSY: resource busy or locked, rename'), { code: 'EBUSY' });
  const replace = () =>
    ownDataDir(path, log, (dataDir) =>
      failAtRename(names, busy, () =>
        replaceDatabase(dataDir, { log, replace: true }, () => Promise.resolve()),
      ),
    );
  await expect(replace()).rejects.toThrow(/cannot be put into the place of .* EBUSY/);
  const databases = () => readdirSync(path).filter((folder) => folder.startsWith('postgres'));
  expect(databases()).toEqual(['postgres']);
  await settleDataDir(await openDataDir(path), log);
  expect(readFileSync(join(path, 'postgres/PG_VERSION'), 'utf8')).toBe('the former one');
});

it('what a restore that was killed has left is no beginning', async () => {
  const path = join(temporaryFolder(), 'data');
  mkdirSync(join(path, 'postgres.new-restored/base'), { recursive: true });
  writeFileSync(join(path, 'postgres.new-restored/PG_VERSION'), '18\n');
  const replace = () =>
    ownDataDir(path, log, (dataDir) =>
      replaceDatabase(dataDir, { log, replace: false }, async (connection) => {
        await ask(connection, 'create table restored ()');
      }),
    );
  expect(await replace()).toBeUndefined();
  const names = readdirSync(path).filter((folder) => folder.startsWith('postgres'));
  expect(names).toEqual(['postgres']);
});
