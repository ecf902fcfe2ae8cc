import { describe, expect, it } from 'vitest';
import {
  JPEG,
  NO_AVATARS,
  PNG,
  pngChunk,
  segment,
  WEBP,
} from '../../../../../../test/fakes/avatar-images.js';
import {
  exif,
  extended,
  frame,
  header,
  jpeg,
  PIXEL,
  png,
  IMAGES_WITH_METADATA,
  position,
  webp,
  webpChunk,
} from '../../../../../../test/fakes/images-with-metadata.js';
import { UnsupportedMediaTypeError } from '../../../../common/domain/errors/unsupported-media-type.error.js';
import { cleanImage } from './clean-image.js';
import { orientationOf } from './exif-orientation.js';

describe('a picture', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP],
  ])('of %s without metadata stays as it is', (type, file) => {
    expect(cleanImage(file)).toEqual({ type, content: file });
  });

  it.each(IMAGES_WITH_METADATA)('loses its metadata: %s', (_, file) => {
    expect(file.includes(position)).toBe(true);
    const { content } = cleanImage(file);
    expect(content.includes(position)).toBe(false);
    expect(content.length).toBeLessThan(file.length);
    expect(cleanImage(content).content).toEqual(content);
  });

  it('has no metadata in a thumbnail', () => {
    const thumbnail = Buffer.from(JPEG);
    const jfif = segment(0xe0, Buffer.concat([JPEG.subarray(6, 18), Buffer.from([1, 8]), position]));
    expect(
      cleanImage(Buffer.concat([thumbnail.subarray(0, 2), jfif, thumbnail.subarray(20)])).content,
    ).toEqual(JPEG);
  });

  it.each([
    ['PNG', (tiff: Buffer) => png(pngChunk('eXIf', tiff))],
    ['JPEG', (tiff: Buffer) => jpeg(segment(0xe1, header('Exif\0\0', tiff)))],
    ['WebP', (tiff: Buffer) => extended(0x08, webpChunk('EXIF', tiff))],
    ['WebP with a header', (tiff: Buffer) => extended(0x08, webpChunk('EXIF', header('Exif\0\0', tiff)))],
  ])('keeps the orientation %s, in either byte order, and nothing else', (_, make) => {
    for (const little of [true, false]) {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const { content } = cleanImage(make(exif(orientation, little)));
        const at = content.indexOf('MM\0*');
        expect(at === -1).toBe(orientation === 1);
        expect(orientationOf(content.subarray(Math.max(0, at)))).toBe(orientation);
        expect(content.includes(position)).toBe(false);
        expect(cleanImage(content).content).toEqual(content);
      }
    }
  });

  it('keeps its colours', () => {
    const profile = Buffer.from('a profile');
    const kept = [
      png(pngChunk('iCCP', profile)),
      jpeg(segment(0xe2, header('ICC_PROFILE\0', profile)), segment(0xee, header('Adobe', Buffer.alloc(7)))),
      webp(
        webpChunk('VP8X', Buffer.from([0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        webpChunk('ICCP', profile),
        PIXEL,
      ),
    ];
    for (const file of kept) expect(cleanImage(file).content).toEqual(file);
  });

  it('keeps its animation', () => {
    const animation = extended(0x02, webpChunk('ANIM', Buffer.alloc(6)), frame(PIXEL), frame(PIXEL));
    expect(cleanImage(animation).content).toEqual(animation);
  });

  it('that the file ends in is whole', () => {
    expect(cleanImage(JPEG.subarray(0, -2)).content).toEqual(JPEG);
  });
});

describe('refused is', () => {
  it.each([
    ...NO_AVATARS,
    ['a PNG without an end', PNG.subarray(0, -12)],
    ['a PNG without a picture', Buffer.concat([PNG.subarray(0, 33), PNG.subarray(-12)])],
    ['a PNG with two headers', png(PNG.subarray(8, 33))],
    ['a PNG that needs what nobody knows', png(pngChunk('CgBI', position))],
    ['a JPEG without a scan', jpeg().subarray(0, -13)],
    ['a JPEG with two frames', jpeg(segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])))],
    ['a JPEG with something between', jpeg(Buffer.from('x'))],
    ['a WebP without a picture', webp()],
    ['a WebP that is longer than its file', WEBP.subarray(0, -4)],
    ['a WebP with frames in frames', extended(0x02, frame(frame(PIXEL)))],
    ['a PNG of chunks without end', png(...Array<Buffer>(10_001).fill(pngChunk('tEXt', Buffer.alloc(0))))],
  ] as readonly (readonly [string, Buffer])[])('%s', (_, file) => {
    expect(() => cleanImage(file)).toThrow(UnsupportedMediaTypeError);
  });
});
