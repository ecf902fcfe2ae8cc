import { JPEG, PNG, pngChunk, segment, WEBP } from './avatar-images.js';

/** The text that a cleaned picture must not contain. */
export const position = Buffer.from('GPS 48.8583 N, 2.2945 E');

/** Exif with an orientation and a place. @param little whether it is in Intel's byte order */
export function exif(orientation: number, little = false): Buffer {
  const tiff = Buffer.alloc(38);
  tiff.write(little ? 'II' : 'MM');
  const uint16 = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const uint32 = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  uint16(42, 2);
  uint32(8, 4);
  uint16(2, 8);
  for (const [index, [tag, type, value]] of [
    [0x01_0f, 2, 0],
    [0x01_12, 3, orientation],
  ].entries()) {
    const at = 10 + index * 12;
    uint16(tag ?? 0, at);
    uint16(type ?? 0, at + 2);
    uint32(1, at + 4);
    uint16(value ?? 0, at + 8);
  }
  return Buffer.concat([tiff, position]);
}

export const header = (text: string, data: Buffer) => Buffer.concat([Buffer.from(text, 'latin1'), data]);
export const png = (...chunks: Buffer[]) => Buffer.concat([PNG.subarray(0, 33), ...chunks, PNG.subarray(33)]);
export const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([JPEG.subarray(0, 20), ...segments, JPEG.subarray(20)]);

export function webpChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
export function webp(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return webpChunk('RIFF', body);
}
export const PIXEL = WEBP.subarray(12);
export const extended = (flags: number, ...chunks: Buffer[]) =>
  webp(webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])), PIXEL, ...chunks);
export const frame = (...chunks: Buffer[]) => webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), ...chunks]));

/** Pictures with metadata in every place where a format allows it, and the expected rest of each. */
export const IMAGES_WITH_METADATA: readonly (readonly [string, Buffer])[] = [
  ['PNG texts', png(...['tEXt', 'zTXt', 'iTXt', 'tIME', 'prVt'].map((type) => pngChunk(type, position)))],
  ['PNG behind the end', Buffer.concat([PNG, position])],
  ['PNG Exif', png(pngChunk('eXIf', exif(1)))],
  ['JPEG comment', jpeg(segment(0xfe, position))],
  ['JPEG Exif', jpeg(segment(0xe1, header('Exif\0\0', exif(1))))],
  ['JPEG XMP', jpeg(segment(0xe1, header('http://ns.adobe.com/xap/1.0/\0', position)))],
  [
    'JPEG in every application segment',
    jpeg(...Array.from({ length: 16 }, (_, n) => segment(0xe0 + n, position))),
  ],
  ['JPEG other pictures', jpeg(segment(0xe2, header('MPF\0', position)))],
  ['JPEG behind the end', Buffer.concat([JPEG, JPEG, position])],
  ['WebP Exif', extended(0x08, webpChunk('EXIF', exif(1)))],
  ['WebP XMP', extended(0x04, webpChunk('XMP ', position))],
  ['WebP unknown', extended(0, webpChunk('TOLD', position))],
  ['WebP unknown in a frame', extended(0x02, frame(PIXEL, webpChunk('TOLD', position)))],
  ['WebP behind the end', Buffer.concat([WEBP, position])],
];

/** A copy of the picture in which `write` changes some bytes. */
export function changed(file: Buffer, write: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(file);
  write(copy);
  return copy;
}
