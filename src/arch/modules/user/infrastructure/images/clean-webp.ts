import { notAnImage } from './not-an-image.js';
import { orientationOf, tiffOf } from './exif-orientation.js';
import { ImageBytes } from './image-bytes.js';
import { requireModestSize } from './image-size.js';

/** Bits of the first byte of `VP8X` (WebP container specification). */
const [XMP_FLAG, EXIF_FLAG] = [0x04, 0x08] as const;
/** Bytes of an animation's frame before its own chunks. */
const FRAME_HEAD = 16;

/**
 * Removes Exif except the orientation, XMP, unknown chunks and everything after the end.
 * @throws as `cleanImage`
 */
export function cleanWebp(file: Buffer): Uint8Array[] {
  const bytes = new ImageBytes(file);
  bytes.takeBytes(4);
  const body = new ImageBytes(bytes.takeBytes(bytes.uint32LE()));
  body.takeBytes(4);
  const { chunks, orientation, drawn } = cleanChunks(body, keptOf);
  if (!drawn) throw notAnImage();
  const [first] = chunks;
  const extended = first?.toString('latin1', 0, 4) === 'VP8X';
  if (first && extended && orientation) {
    first[8] = (first[8] ?? 0) | EXIF_FLAG;
    chunks.push(chunk('EXIF', orientation));
  }
  const size = chunks.reduce((sum, { length }) => sum + length, 4);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(size, 4);
  return [head, ...chunks];
}

interface Cleaned {
  readonly chunks: Buffer[];
  readonly orientation: Buffer | null;
  readonly drawn: boolean;
}

function cleanChunks(bytes: ImageBytes, choose: (type: string, data: Buffer) => Buffer | null): Cleaned {
  const chunks: Buffer[] = [];
  let orientation: Buffer | null = null;
  let drawn = false;
  while (bytes.left > 0) {
    bytes.beginPart();
    const type = bytes.text(4);
    const data = bytes.takeBytes(bytes.uint32LE());
    // Chunks begin at even offsets; the last one's padding may be missing.
    bytes.takeBytes(Math.min(data.length % 2, bytes.left));
    if (type === 'EXIF') orientation = tiffOf(orientationOf(withoutExifHeader(data)));
    const kept = choose(type, data);
    if (!kept) continue;
    chunks.push(chunk(type, kept));
    drawn ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF';
  }
  return { chunks, orientation, drawn };
}

/** The part of a chunk that is kept; null when none is. */
function keptOf(type: string, data: Buffer): Buffer | null {
  return type === 'ANMF' ? cleanFrame(data) : keptOfFrame(type, data);
}

/** The same for a frame of an animation, which contains images and no frames: there is no deeper nesting. */
function keptOfFrame(type: string, data: Buffer): Buffer | null {
  const bytes = new ImageBytes(data);
  switch (type) {
    case 'VP8X': {
      const head = Buffer.from(bytes.takeBytes(4));
      head[0] = (head[0] ?? 0) & ~(XMP_FLAG | EXIF_FLAG);
      requireModestSize(bytes.uint24LE() + 1, bytes.uint24LE() + 1);
      return Buffer.concat([head, data.subarray(4, 10)]);
    }
    case 'VP8 ': {
      if (bytes.takeBytes(6).toString('hex', 3) !== '9d012a') throw notAnImage();
      const [width, height] = [bytes.takeBytes(2).readUInt16LE(), bytes.takeBytes(2).readUInt16LE()];
      requireModestSize(width & 0x3f_ff, height & 0x3f_ff);
      return data;
    }
    case 'VP8L': {
      if (bytes.uint8() !== 0x2f) throw notAnImage();
      const bits = bytes.uint32LE();
      requireModestSize((bits & 0x3f_ff) + 1, ((bits >>> 14) & 0x3f_ff) + 1);
      return data;
    }
    case 'ICCP':
    case 'ANIM':
    case 'ALPH':
      return data;
    default:
      return null;
  }
}

function cleanFrame(data: Buffer): Buffer {
  const bytes = new ImageBytes(data);
  const head = bytes.takeBytes(FRAME_HEAD);
  const { chunks, drawn } = cleanChunks(bytes, keptOfFrame);
  if (!drawn) throw notAnImage();
  return Buffer.concat([head, ...chunks]);
}

function withoutExifHeader(data: Buffer): Buffer {
  return data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data;
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
