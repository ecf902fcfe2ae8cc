import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type { AcceptedFile, UploadFolder } from '../../../../common/infrastructure/uploads/upload-folder.js';
import type { AvatarImage, AvatarStorePort } from '../../application/ports/avatar-store.port.js';
import { PayloadTooLargeError } from '../../../../common/domain/errors/payload-too-large.error.js';
import { AVATAR_TYPES, type AvatarType } from '../../domain/models/avatar.model.js';
import { avatarFolder } from '../avatar-folder.js';
import { cleanImage } from '../images/clean-image.js';

/** A name that `UploadFolder` generates: no other reaches the file system. */
const NAME = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.(jpg|png|webp)$/;

@Injectable()
export class AvatarStoreAdapter implements AvatarStorePort {
  private readonly folder: UploadFolder;

  constructor(private readonly config: AppConfig) {
    this.folder = avatarFolder(config);
  }

  saveImage(content: AsyncIterable<Uint8Array>): Promise<string> {
    return this.folder.saveFile(upTo(this.config.env.MAX_FILE_SIZE, content), accept);
  }

  async openImage(name: string): Promise<AvatarImage | null> {
    const extension = NAME.exec(name)?.[1];
    const type = types.find((each) => AVATAR_TYPES[each] === extension);
    const file = type && (await this.folder.openFile(name));
    return file ? { type, ...file } : null;
  }

  async removeImage(name: string): Promise<void> {
    if (NAME.test(name)) await this.folder.removeFile(name);
  }
}

const types = Object.keys(AVATAR_TYPES) as AvatarType[];

async function* upTo(limit: number, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > limit) throw new PayloadTooLargeError('The avatar is larger than this server takes.');
    yield chunk;
  }
}

function accept(file: Buffer): AcceptedFile {
  const { type, content } = cleanImage(file);
  return { ending: AVATAR_TYPES[type], content };
}
