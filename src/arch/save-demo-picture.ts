import { avatarFolder } from './modules/user/infrastructure/avatar-folder.js';
import { avatarUrl } from './modules/user/domain/models/avatar.model.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';

const asPng = (content: Buffer) => ({ ending: 'png', content });

/** Stores the pictures of demo accounts where uploaded ones are. */
export const saveDemoPicture =
  (config: AppConfig) =>
  async (picture: Buffer): Promise<string> =>
    avatarUrl(await avatarFolder(config).saveFile(only(picture), asPng));

async function* only(picture: Buffer): AsyncGenerator<Uint8Array> {
  yield picture;
}
