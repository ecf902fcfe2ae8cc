import type { AvatarType } from '../../domain/models/avatar.model.js';

export interface AvatarImage {
  readonly type: AvatarType;
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

export abstract class AvatarStorePort {
  /**
   * Keeps an image under a new name that nobody can guess, without what it tells besides the picture (Exif but for
   * which way up it is, texts, thumbnails); of one that fails nothing stays.
   * @param content read no further than the limit
   * @returns the name @throws PayloadTooLargeError beyond MAX_FILE_SIZE, UnsupportedMediaTypeError when it is not a
   * whole JPEG, PNG or WebP image by its content, ValidationFailedError beyond 4,096 × 4,096 pixels, and whatever `content` throws
   */
  abstract saveImage(content: AsyncIterable<Uint8Array>): Promise<string>;
  /** Null for every name under which nothing was saved, or not any more, whatever it looks like. */
  abstract openImage(name: string): Promise<AvatarImage | null>;
  /** Harmless when there is none. */
  abstract removeImage(name: string): Promise<void>;
}
