import { StartupError } from '../config/startup.error.js';
import type { Beginning, Ending } from './backup-entry.js';
import { readBackup } from './read-backup.js';

export interface Verified {
  readonly beginning: Beginning;
  readonly ending: Ending;
}

/**
 * Reads a backup to its end, before it is used.
 * @throws StartupError as `readBackup`
 */
export async function verifyBackup(file: string): Promise<Verified> {
  let beginning: Beginning | undefined;
  for await (const { head, content } of readBackup(file)) {
    for await (const _ of content);
    if (head.kind === 'backup') beginning = head;
    if (head.kind === 'end' && beginning) return { beginning, ending: head };
  }
  throw new StartupError(`${file} is damaged: it does not say what it is of.`);
}
