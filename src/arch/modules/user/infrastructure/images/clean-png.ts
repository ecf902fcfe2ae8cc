import { crc32 } from 'node:zlib';
import { notAnImage } from './not-an-image.js';
import { orientationOf, tiffOf } from './exif-orientation.js';
import { ImageBytes } from './image-bytes.js';
import { requireModestSize } from './image-size.js';

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Chunks for the picture, its animation and its colours (PNG, third edition); all others are dropped. */
const KEPT = new Set('IHDR PLTE IDAT IEND tRNS acTL fcTL fdAT cHRM cICP gAMA iCCP sBIT sRGB bKGD'.split(' '));
const IS_CRITICAL = /^[A-Z]/;

/**
 * Removes texts, times, Exif except the orientation, and everything after the end.
 * @throws as `cleanImage`
 */
export function cleanPng(file: Buffer): Uint8Array[] {
  const bytes = new ImageBytes(file);
  const pieces = [bytes.takeBytes(PNG_SIGNATURE.length)];
  let orientation: Buffer | null = null;
  let begun = false;
  let drawn = false;
  for (;;) {
    bytes.beginPart();
    const length = bytes.uint32();
    const type = bytes.text(4);
    const data = bytes.takeBytes(length);
    const checksum = bytes.takeBytes(4);
    if (begun === (type === 'IHDR')) throw notAnImage();
    if (!begun) requireHeader(data);
    begun = true;
    if (type === 'eXIf') orientation = tiffOf(orientationOf(data));
    if (type === 'IDAT') {
      // It has to come before the image data.
      if (!drawn && orientation) pieces.push(chunk('eXIf', orientation));
      drawn = true;
    }
    if (KEPT.has(type)) pieces.push(head(type, length), data, checksum);
    else if (IS_CRITICAL.test(type)) throw notAnImage();
    if (type === 'IEND') break;
  }
  if (!drawn) throw notAnImage();
  return pieces;
}

function requireHeader(data: Buffer): void {
  if (data.length !== 13) throw notAnImage();
  requireModestSize(data.readUInt32BE(0), data.readUInt32BE(4));
}

function head(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(length, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), data])));
  return Buffer.concat([head(type, data.length), data, checksum]);
}
