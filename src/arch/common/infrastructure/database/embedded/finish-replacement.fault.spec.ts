import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { removeFolders, temporaryFolder } from '../../../../../../test/faults/temporary-folder.js';
import { failAtChange, stopAtChange } from '../../../../../../test/support/stopped-files.js';
import { type DataDir, openDataDir } from './data-dir.js';
import { finishReplacement } from './finish-replacement.js';
import { requireNoneAside, settleDataDir } from './settle-data-dir.js';

afterAll(removeFolders);

/** More than a replacement changes. */
const MOMENTS = Array.from({ length: 8 }, (_, index) => index + 1);

/** DATA_DIR with these databases, each a file that says its name. */
async function dataDirWith(...names: readonly string[]): Promise<DataDir> {
  const dataDir = await openDataDir(temporaryFolder());
  for (const name of names) {
    mkdirSync(join(dataDir.path, name));
    writeFileSync(join(dataDir.path, name, 'PG_VERSION'), name);
  }
  return dataDir;
}

/** What each database in DATA_DIR was called at first. */
function databasesOf({ path }: DataDir): Record<string, string> {
  const names = readdirSync(path).toSorted();
  const entries = names.map((name) => [
    name.replace(/before-.*/, 'before'),
    readFileSync(join(path, name, 'PG_VERSION'), 'utf8'),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

async function nextStart(dataDir: DataDir): Promise<string[]> {
  const lines: string[] = [];
  await settleDataDir(dataDir, { warn: (line) => void lines.push(line) });
  await requireNoneAside(dataDir);
  return lines;
}

describe('a replacement that is stopped at any moment is finished by the next start, which logs one line', () => {
  it.each([
    [
      'of a database',
      ['postgres', 'postgres.restored'],
      { postgres: 'postgres.restored', 'postgres.before': 'postgres' },
    ],
    ['of none', ['postgres.restored'], { postgres: 'postgres.restored' }],
  ] as const)('%s', async (_, names, expected) => {
    const stopped: number[] = [];
    for (const moment of MOMENTS) {
      const dataDir = await dataDirWith(...names);
      if (!(await stopAtChange(moment, () => finishReplacement(dataDir)))) break;
      stopped.push(moment);
      const lines = await nextStart(dataDir);
      expect(lines).toEqual([
        expect.stringMatching(/^A restore or an upgrade was interrupted .* in its place now/),
      ]);
      expect(databasesOf(dataDir)).toEqual(expected);
      expect(await nextStart(dataDir)).toEqual([]);
    }
    // The last one is the second rename.
    expect(stopped.length).toBeGreaterThan(1);
    expect(stopped.length).toBeLessThan(MOMENTS.length);
  });
});

it('the next start may be stopped, too', async () => {
  const dataDir = await dataDirWith('postgres', 'postgres.restored');
  for (const moment of [4, 1, 2]) expect(await stopAtChange(moment, () => nextStart(dataDir))).toBe(true);
  await nextStart(dataDir);
  expect(databasesOf(dataDir)).toEqual({ postgres: 'postgres.restored', 'postgres.before': 'postgres' });
});

it('a replacement that the system refuses leaves the database that was there in its place', async () => {
  const busy = Object.assign(new Error('EBUSY: resource busy or locked, rename'), {
    code: 'EBUSY',
    syscall: 'rename',
  });
  const refused: unknown[] = [];
  for (const moment of MOMENTS) {
    const dataDir = await dataDirWith('postgres', 'postgres.restored');
    const failure = await failAtChange(moment, busy, () => finishReplacement(dataDir)).catch(String);
    if (typeof failure === 'string') refused.push({ failure, databases: databasesOf(dataDir) });
  }
  expect(refused.length).toBeGreaterThan(1);
  const failure = expect.stringMatching(
    /^EmbeddedDatabaseError: \S+ cannot be put into the place of \S+: EBUSY/,
  );
  const databases = { postgres: 'postgres', 'postgres.restored': 'postgres.restored' };
  expect(refused).toEqual(refused.map(() => ({ failure, databases })));
});

it('an empty folder is no database that would be kept', async () => {
  const dataDir = await dataDirWith('postgres.restored');
  mkdirSync(dataDir.database);
  expect(await finishReplacement(dataDir)).toEqual({ former: undefined });
  expect(databasesOf(dataDir)).toEqual({ postgres: 'postgres.restored' });
});

it.each([false, true])(
  'no start makes an empty database beside one that was put aside; empty folder there: %s',
  async (hasFolder) => {
    const dataDir = await dataDirWith('postgres.before-2026-01-01', 'postgres.before-2026-02-01');
    if (hasFolder) mkdirSync(dataDir.database);
    await expect(nextStart(dataDir)).rejects.toThrow(
      `DATA_DIR ${dataDir.path} has no database, but postgres.before-2026-02-01, which a restore or an upgrade has put aside: rename it to postgres`,
    );
    expect(existsSync(dataDir.database)).toBe(hasFolder);
  },
);
