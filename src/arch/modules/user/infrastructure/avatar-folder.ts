import { join, resolve } from 'node:path';
import type { AppConfig } from '../../../common/infrastructure/config/app-config.js';
import { UploadFolder } from '../../../common/infrastructure/uploads/upload-folder.js';

/** Where avatars lie: in `UPLOAD_DIR`, which all nodes share. */
export function avatarFolder({ env }: AppConfig): UploadFolder {
  return new UploadFolder(resolve(env.UPLOAD_DIR ?? join(env.DATA_DIR, 'uploads'), 'avatars'));
}
