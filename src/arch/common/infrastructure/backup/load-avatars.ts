import type { UploadFolder } from '../uploads/upload-folder.js';
import { StartupError } from '../config/startup.error.js';
import { readBackup } from './read-backup.js';

/** Puts the avatars of a backup beside those that are there: each has a name of its own. @throws StartupError */
export async function loadAvatars(file: string, avatars: UploadFolder): Promise<void> {
  const fault = await avatars.writeFault();
  if (fault !== undefined)
    throw new StartupError(`UPLOAD_DIR: ${avatars.path} cannot be written (${fault}).`);
  for await (const { head, content } of readBackup(file)) {
    if (head.kind === 'avatar') await avatars.restore(head.name, content);
    if (head.kind === 'table') return;
  }
}
