import { randomUUID } from 'node:crypto';
import type {
  AvatarImage,
  AvatarStorePort,
} from '../../src/arch/modules/user/application/ports/avatar-store.port.js';
import { PayloadTooLargeError } from '../../src/arch/common/domain/errors/payload-too-large.error.js';
import { AVATAR_TYPES, type AvatarType } from '../../src/arch/modules/user/domain/models/avatar.model.js';
import { cleanImage } from '../../src/arch/modules/user/infrastructure/images/clean-image.js';

/** Stores images in memory. */
export class AvatarStoreFake implements AvatarStorePort {
  readonly images = new Map<string, { type: AvatarType; bytes: Buffer }>();

  constructor(private readonly limit = 1_000) {}

  async saveImage(content: AsyncIterable<Uint8Array>): Promise<string> {
    let bytes = Buffer.alloc(0);
    for await (const chunk of content) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > this.limit)
        throw new PayloadTooLargeError('The avatar is larger than this server takes.');
    }
    const { type, content: kept } = cleanImage(bytes);
    const name = `${randomUUID()}.${AVATAR_TYPES[type]}`;
    this.images.set(name, { type, bytes: kept });
    return name;
  }

  async openImage(name: string): Promise<AvatarImage | null> {
    const image = this.images.get(name);
    return image ? { type: image.type, size: image.bytes.length, content: chunks(image.bytes) } : null;
  }

  async removeImage(name: string): Promise<void> {
    this.images.delete(name);
  }
}

export async function* chunks(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
