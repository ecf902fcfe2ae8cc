import { globSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../support/scratch-folder.js';
import { waitForPostmasterEnd } from './postmaster.js';

const folders = new Set<string>();

/**
 * A new folder, which is removed with its contents after the test.
 * @param place the parent folder, if not that of the databases: one where programs may run and packages may be linked
 */
export function temporaryFolder(place = scratchFolder()): string {
  const folder = mkdtempSync(join(place, 'causerie-fault-'));
  folders.add(folder);
  return folder;
}

/** The servers of the test must have ended; their PostgreSQL may still be ending, and writing. */
export async function removeFolders(): Promise<void> {
  const all = [...folders];
  folders.clear();
  await Promise.all(
    all.map(async (folder) => {
      const databases = globSync('**/postgres/PG_VERSION', { cwd: folder });
      await Promise.all(databases.map((file) => waitForPostmasterEnd(join(folder, dirname(dirname(file))))));
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    }),
  );
}
