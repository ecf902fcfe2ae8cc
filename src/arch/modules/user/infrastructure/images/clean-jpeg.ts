import { notAnImage } from './not-an-image.js';
import { orientationOf, tiffOf } from './exif-orientation.js';
import { ImageBytes } from './image-bytes.js';
import { requireModestSize } from './image-size.js';

export const JPEG_SIGNATURE = Buffer.from('ffd8ff', 'hex');

/** ITU-T T.81, table B.1. */
const [SOI, EOI, SOS, APP0, APP1, APP2, APP14] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee] as const;
/** Tables and other segments that a decoder needs: DHT, DAC, DQT, DNL, DRI. */
const TABLES = new Set([0xc4, 0xcc, 0xdb, 0xdc, 0xdd]);
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** APPn and comments, which may hold anything. */
const isMetadata = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

const EXIF = 'Exif\0\0';
const PROFILE = 'ICC_PROFILE\0';
/** The part of a JFIF header before its thumbnail. */
const JFIF_HEAD = 12;

/**
 * Removes comments, Exif except the orientation, XMP, thumbnails and everything after the end.
 * @throws as `cleanImage`
 */
export function cleanJpeg(file: Buffer): Uint8Array[] {
  const bytes = new ImageBytes(file);
  bytes.takeBytes(2);
  const pieces: Buffer[] = [];
  let [jfif, orientation, framed, scanned] = [null as Buffer | null, null as Buffer | null, false, false];
  for (;;) {
    bytes.beginPart();
    const marker = nextMarker(bytes);
    if (marker === EOI) break;
    const data = bytes.takeBytes(Math.max(0, bytes.uint16() - 2));
    if (isFrame(marker)) {
      if (framed || data.length < 6) throw notAnImage();
      requireModestSize(data.readUInt16BE(3), data.readUInt16BE(1));
      framed = true;
    }
    if (marker === APP0 && startsWith(data, 'JFIF\0') && data.length >= JFIF_HEAD + 2)
      jfif ??= withoutThumbnail(data);
    else if (marker === APP1 && startsWith(data, EXIF))
      orientation ??= tiffOf(orientationOf(data.subarray(EXIF.length)));
    else if (isDrawn(marker, data)) pieces.push(segment(marker, data));
    else if (!isMetadata(marker)) throw notAnImage();
    if (marker === SOS) {
      pieces.push(bytes.takeUntil(endOfScan));
      scanned = true;
    }
  }
  if (!framed || !scanned) throw notAnImage();
  const exif = orientation && Buffer.concat([Buffer.from(EXIF, 'latin1'), orientation]);
  return [
    Buffer.from([0xff, SOI]),
    ...(jfif ? [segment(APP0, jfif)] : []),
    ...(exif ? [segment(APP1, exif)] : []),
    ...pieces,
    Buffer.from([0xff, EOI]),
  ];
}

/** Decoders treat a scan at the end of the file as complete, and so does this function. */
function nextMarker(bytes: ImageBytes): number {
  if (bytes.left === 0) return EOI;
  if (bytes.uint8() !== 0xff) throw notAnImage();
  let marker = bytes.uint8();
  while (marker === 0xff) marker = bytes.uint8();
  return marker;
}

function isDrawn(marker: number, data: Buffer): boolean {
  if (marker === APP2) return startsWith(data, PROFILE);
  // Adobe's segment, which describes the colours.
  if (marker === APP14) return startsWith(data, 'Adobe') && data.length === 12;
  return marker === SOS || isFrame(marker) || TABLES.has(marker);
}

function startsWith(data: Buffer, text: string): boolean {
  return data.toString('latin1', 0, text.length) === text;
}

function withoutThumbnail(data: Buffer): Buffer {
  return Buffer.concat([data.subarray(0, JFIF_HEAD), Buffer.alloc(2)]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** The offset of the next marker that ends a scan; stuffed bytes and restart markers within it do not. */
function endOfScan(rest: Buffer): number {
  // Byte by byte: where every other byte is 0xff, an `indexOf` for each takes ten times as long.
  for (let at = 0; at < rest.length - 1; at += 1) {
    if (rest[at] !== 0xff) continue;
    const next = rest[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}
