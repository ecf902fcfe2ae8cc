import { globSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../support/scratch-folder.js';
import { postmasterGone } from './postmaster.js';

const folders = new Set<string>();

/**
 * A fresh folder, removed with all that is in it when the test is over.
 * @param place another one than for databases: programs may run in it, and packages be linked into it
 */
export function temporaryFolder(place = scratchFolder()): string {
  const folder = mkdtempSync(join(place, 'causerie-fault-'));
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
