import { notAnImage } from './not-an-image.js';
import type { AvatarType } from '../../domain/models/avatar.model.js';
import { cleanJpeg, JPEG_SIGNATURE } from './clean-jpeg.js';
import { cleanPng, PNG_SIGNATURE } from './clean-png.js';
import { cleanWebp } from './clean-webp.js';

interface CleanImage {
  readonly type: AvatarType;
  readonly content: Buffer;
}

/**
 * Removes a picture's metadata: places, devices, times, names, thumbnails of uncropped versions. The data that draws it
 * is kept, with its colours and orientation; nothing is decoded.
 * @throws UnsupportedMediaTypeError for an incomplete or other file than JPEG, PNG or WebP, ValidationFailedError above
 * 4,096 × 4,096
 */
export function cleanImage(file: Buffer): CleanImage {
  if (file.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) {
    return { type: 'image/png', content: Buffer.concat(cleanPng(file)) };
  }
  if (file.subarray(0, JPEG_SIGNATURE.length).equals(JPEG_SIGNATURE)) {
    return { type: 'image/jpeg', content: Buffer.concat(cleanJpeg(file)) };
  }
  if (/^RIFF[^]{4}WEBP/.test(file.toString('latin1', 0, 12)))
    return { type: 'image/webp', content: Buffer.concat(cleanWebp(file)) };
  throw notAnImage();
}
