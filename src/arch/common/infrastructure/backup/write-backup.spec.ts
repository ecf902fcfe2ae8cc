import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { beginning, entriesOf } from '../../../../../test/support/made-backup.js';
import { failAtChange, stopAtChange } from '../../../../../test/support/stopped-files.js';
import { verifyBackup } from './verify-backup.js';
import { writeBackup } from './write-backup.js';

const root = mkdtempSync(join(tmpdir(), 'causerie-backup-'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const write = (file: string) =>
  writeBackup(file, entriesOf(beginning(), [{ kind: 'end', rows: {}, avatars: 0 }]));

it('of two simultaneous backups with one name one is kept, complete, and the other one fails', async () => {
  const file = join(folder, 'same.backup');
  const done = await Promise.allSettled([write(file), write(file)]);
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const failure = {
    reason: { name: 'StartupError', message: `${file} is there already: choose another name.` },
  };
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject(failure);
  expect(readdirSync(folder)).toEqual(['same.backup']);
  await expect(verifyBackup(file)).resolves.toBeDefined();
});

it('a backup that is stopped at any moment is whole under its name or not there', async () => {
  const moments: boolean[] = [];
  for (const moment of [1, 2, 3, 4]) {
    const file = join(folder, `${moment}.backup`);
    if (!(await stopAtChange(moment, () => write(file)))) break;
    moments.push(existsSync(file));
    if (existsSync(file)) await verifyBackup(file);
  }
  // Before it has its final name, and before the draft is removed.
  expect(moments).toEqual([false, true]);
});

it('where the file system has no links it is renamed, and overwrites nothing all the same', async () => {
  const refused = Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  const file = join(folder, 'renamed.backup');
  await failAtChange(1, refused, () => write(file));
  await verifyBackup(file);
  expect(readdirSync(folder)).toEqual(['renamed.backup']);
});

it.each([
  ['that is not there', () => join(folder, 'none')],
  [
    'that is a file',
    () => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file');
    },
  ],
])('a folder %s is reported in one line', async (_, where) => {
  const file = join(where(), 'some.backup');
  await expect(write(file)).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(/^The backup could not be written: ENO\w+: [^\n]+\.$/),
  });
});
