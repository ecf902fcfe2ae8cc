import { crc32, deflateSync } from 'node:zlib';

const PNG_END = pngChunk('IEND', Buffer.alloc(0));

/** One pixel in each accepted format, created here so that every byte is known. */
export const PNG = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  pngChunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
  pngChunk('IDAT', deflateSync(Buffer.from([0, 255, 128, 0]))),
  PNG_END,
]);

/** One grey pixel: JFIF, a table of ones, two codes of one bit, and the two bits of an empty block. */
export const JPEG = Buffer.concat([
  Buffer.from('ffd8', 'hex'),
  segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
  segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(1)])),
  segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
  segment(0xc4, Buffer.from([0x00, 1, ...Array<number>(15).fill(0), 0])),
  segment(0xc4, Buffer.from([0x10, 1, ...Array<number>(15).fill(0), 0])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from('3fffd9', 'hex'),
]);

export const WEBP = Buffer.concat([
  Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0', 'latin1'),
  Buffer.from('2f00000010071011118888fe0700', 'hex'),
]);

/** A PNG of so many bytes; a decoder finds the picture in the first data and ignores the rest. */
export function pngOf(size: number): Buffer<ArrayBuffer> {
  const end = PNG.length - PNG_END.length;
  const filling = pngChunk('IDAT', Buffer.alloc(size - PNG.length - PNG_END.length, 'x'));
  return Buffer.concat([PNG.subarray(0, end), filling, PNG_END]);
}

/** Files of other formats, some of them with a misleading name or type. */
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

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
