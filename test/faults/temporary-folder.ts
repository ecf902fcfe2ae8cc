import { globSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { postmasterGone } from './postmaster.js';

const folders = new Set<string>();

/** A fresh folder, removed with all that is in it when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'causerie-fault-'));
  folders.add(folder);
  return folder;
}

/** The servers of the test must have ended; their PostgreSQL may just be doing so, and still writes. */
export async function removeFolders(): Promise<void> {
  const all = [...folders];
  folders.clear();
  await Promise.all(
    all.map(async (folder) => {
      const databases = globSync('**/postgres/PG_VERSION', { cwd: folder });
      await Promise.all(databases.map((file) => postmasterGone(join(folder, dirname(dirname(file))))));
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    }),
  );
}
