import type { AppConfig } from '../../../common/infrastructure/config/app-config.js';
import { UploadFolder } from '../../../common/infrastructure/uploads/upload-folder.js';

export function avatarFolder({ avatarDir }: AppConfig): UploadFolder {
  return new UploadFolder(avatarDir);
}
