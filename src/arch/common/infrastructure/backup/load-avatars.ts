import { syncFolder } from 'causerie-embedded-postgres';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { StartupError } from '../config/startup.error.js';
import type { UploadFolder } from '../uploads/upload-folder.js';
import { readBackup } from './read-backup.js';

/**
 * Adds the avatars of a backup to the existing ones: all names are unique.
 * @throws StartupError
 */
export async function loadAvatars(file: string, avatars: UploadFolder): Promise<void> {
  const fault = await avatars.writeFault();
  if (fault !== undefined) throw unwritable(avatars, fault);
  for await (const { head, content } of readBackup(file)) {
    if (head.kind === 'avatar')
      await avatars.restoreFile(head.name, content).catch(throwStartupError(avatars));
    if (head.kind === 'table') break;
  }
  await syncFolder(avatars.path);
}

/** Converts the system's error about a file; all other errors, such as faults of the backup, are converted already. */
function throwStartupError(avatars: UploadFolder): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnavailableError)) throw error;
    const { code, message } = error.cause as NodeJS.ErrnoException;
    throw unwritable(avatars, code ?? message);
  };
}

function unwritable({ path }: UploadFolder, reason: string): StartupError {
  return new StartupError(`UPLOAD_DIR: ${path} cannot be written (${reason}).`);
}
