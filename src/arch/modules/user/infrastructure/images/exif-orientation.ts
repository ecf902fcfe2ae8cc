/** The orientation tag of TIFF 6.0 and Exif 2.32, 4.6.4, the only metadata that is kept. */
const ORIENTATION = 0x01_12;
const SHORT = 3;
const ENTRY = 12;
const UPRIGHT = 1;
const LAST_WAY = 8;

/**
 * From 1 (upright) to 8; 1 as well when it is missing or unreadable.
 * @param tiff the bytes after `Exif\0\0`
 */
export function orientationOf(tiff: Buffer): number {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const uint16 = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const uint32 = (at: number): number =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  if (uint16(2) !== 42) return UPRIGHT;
  const directory = uint32(4);
  for (let index = 0; index < uint16(directory); index += 1) {
    const entry = directory + 2 + index * ENTRY;
    if (entry + ENTRY > tiff.length) return UPRIGHT;
    if (uint16(entry) !== ORIENTATION || uint16(entry + 2) !== SHORT) continue;
    const value = uint16(entry + 8);
    return value >= UPRIGHT && value <= LAST_WAY ? value : UPRIGHT;
  }
  return UPRIGHT;
}

/** A TIFF with the orientation alone; null when that is the default. */
export function tiffOf(orientation: number): Buffer | null {
  if (orientation === UPRIGHT) return null;
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
