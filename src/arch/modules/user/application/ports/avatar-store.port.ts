import type { AvatarType } from '../../domain/models/avatar.model.js';

export interface AvatarImage {
  readonly type: AvatarType;
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

export abstract class AvatarStorePort {
  /**
   * Stores an image under a new unguessable name, without metadata (Exif except the orientation, texts, thumbnails);
   * after a failure nothing is stored.
   * @param content read up to the limit only
   * @returns the name
   * @throws PayloadTooLargeError above MAX_FILE_SIZE, UnsupportedMediaTypeError when the content is not a complete
   * JPEG, PNG or WebP image, ValidationFailedError above 4,096 × 4,096 pixels, and whatever `content` throws
   */
  abstract saveImage(content: AsyncIterable<Uint8Array>): Promise<string>;
  /** Null for every name without a stored image, whatever its form. */
  abstract openImage(name: string): Promise<AvatarImage | null>;
  /** Does nothing when there is none. */
  abstract removeImage(name: string): Promise<void>;
}
