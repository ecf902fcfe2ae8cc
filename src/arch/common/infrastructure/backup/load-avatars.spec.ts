import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { beginning, entriesOf } from '../../../../../test/support/made-backup.js';
import { UploadFolder } from '../uploads/upload-folder.js';
import { loadAvatars } from './load-avatars.js';
import { writeBackup } from './write-backup.js';

const folder = mkdtempSync(join(tmpdir(), 'causerie-avatars-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a picture that cannot be written fails with one line, and leaves no file', async () => {
  const file = join(folder, 'pictures.backup');
  const pictures = ['first.png', 'taken.png'].map(
    (name) => [{ kind: 'avatar', name }, Buffer.from(name)] as const,
  );
  await writeBackup(file, entriesOf(beginning(), ...pictures, [{ kind: 'end', rows: {}, avatars: 2 }]));
  const uploads = join(folder, 'uploads');
  // The system's own refusal of a name.
  mkdirSync(join(uploads, 'taken.png'), { recursive: true });
  await expect(loadAvatars(file, new UploadFolder(uploads))).rejects.toMatchObject({
    name: 'StartupError',
    message: `UPLOAD_DIR: ${uploads} cannot be written (EISDIR).`,
  });
  expect(readdirSync(uploads).toSorted()).toEqual(['first.png', 'taken.png']);
});
