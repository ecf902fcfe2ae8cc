import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UploadFolder } from './upload-folder.js';

it('a file that cannot be removed is UNAVAILABLE, and what it was for may be done', async () => {
  const path = await mkdtemp(join(tmpdir(), 'causerie-uploads-'));
  // A folder under this name cannot be removed as a file, not even by root.
  await mkdir(join(path, 'kept.png'));
  await expect(new UploadFolder(path).removeFile('kept.png')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    outcome: 'unknown',
  });
  await rm(path, { recursive: true });
});
