import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

it('everything that the packages for clients export has a comment, and exists (node scripts/reference.mjs --check)', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['scripts/reference.mjs', '--check'],
    { cwd: root },
  ).catch((error: { stdout: string; stderr: string }) => error);
  expect(stdout + stderr).toBe('');
});
