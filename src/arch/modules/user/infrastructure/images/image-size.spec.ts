import { describe, expect, it } from 'vitest';
import { JPEG, PNG, WEBP } from '../../../../../../test/fakes/avatar-images.js';
import {
  changed,
  extended,
  frame,
  webp,
  webpChunk,
} from '../../../../../../test/fakes/images-with-metadata.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { UnsupportedMediaTypeError } from '../../../../common/domain/errors/unsupported-media-type.error.js';
import { cleanImage } from './clean-image.js';

const pngSize = (width: number, height: number) =>
  changed(PNG, (copy) => {
    copy.writeUInt32BE(width, 16);
    copy.writeUInt32BE(height, 20);
  });
const sof = JPEG.indexOf(Buffer.from('ffc0', 'hex'));
const jpegSize = (width: number, height: number) =>
  changed(JPEG, (copy) => {
    copy.writeUInt16BE(height, sof + 5);
    copy.writeUInt16BE(width, sof + 7);
  });
const losslessSize = (width: number, height: number) =>
  changed(WEBP, (copy) => copy.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21));
const lossySize = (width: number, height: number) => {
  const data = Buffer.from('0000009d012a00000000', 'hex');
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return webp(webpChunk('VP8 ', data));
};
const canvasSize = (width: number, height: number) =>
  changed(extended(0), (copy) => {
    copy.writeUIntLE(width - 1, 24, 3);
    copy.writeUIntLE(height - 1, 27, 3);
  });
const frameSize = (width: number, height: number) =>
  extended(0x02, frame(losslessSize(width, height).subarray(12)));

describe('a picture may have 4,096 × 4,096 pixels and no more:', () => {
  it.each([
    ['PNG', pngSize],
    ['JPEG', jpegSize],
    ['lossless WebP', losslessSize],
    ['lossy WebP', lossySize],
    ['extended WebP', canvasSize],
    ['a frame of a WebP', frameSize],
  ])('%s', (_, make) => {
    expect(() => cleanImage(make(4_096, 4_096))).not.toThrow();
    for (const [width, height] of [
      [4_097, 1],
      [1, 4_097],
      [16_000, 16_000],
    ] as const) {
      expect(() => cleanImage(make(width, height))).toThrow(ValidationFailedError);
    }
  });

  it.each([
    ['PNG', pngSize(0, 1)],
    ['JPEG', jpegSize(1, 0)],
    ['WebP', lossySize(0, 0)],
  ])('and a %s has one at least', (_, file) => {
    expect(() => cleanImage(file)).toThrow(UnsupportedMediaTypeError);
  });
});
