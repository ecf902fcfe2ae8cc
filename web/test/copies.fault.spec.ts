import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const WRITE = join(import.meta.dirname, '../copies/write.mjs');

it('what is copied of large packages is as they have it (node web/copies/write.mjs --check)', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [WRITE, '--check']).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  expect(stdout + stderr).toBe('');
});
