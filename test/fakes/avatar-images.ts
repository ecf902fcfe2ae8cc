import { crc32, deflateSync } from 'node:zlib';

/** One pixel of each kind that is taken, made here so that every byte is known. */
export const PNG = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.from([0, 255, 128, 0]))),
  chunk('IEND', Buffer.alloc(0)),
]);

export const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

export const WEBP = Buffer.concat([
  Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0', 'latin1'),
  Buffer.from('2f00000010071011118888fe0700', 'hex'),
]);

/** A PNG of so many bytes: what follows the end of the image is nobody's business. */
export function pngOf(size: number): Buffer<ArrayBuffer> {
  return Buffer.concat([PNG, Buffer.alloc(size - PNG.length, 'x')]);
}

/** What else there is in the world, some of it in disguise. */
export const NO_AVATARS: readonly (readonly [string, Buffer])[] = [
  ['text', Buffer.from('I am a picture, honestly.')],
  ['nothing', Buffer.alloc(0)],
  ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
  ['a program', Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(60)])],
  ['the first half of a signature', PNG.subarray(0, 4)],
  ['a PNG behind a blank', Buffer.concat([Buffer.from(' '), PNG])],
];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
