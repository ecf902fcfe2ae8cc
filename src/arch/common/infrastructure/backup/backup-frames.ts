/** The first line of a backup, not compressed, by which people and programs know it. */
export const FIRST_LINE = Buffer.from('Causerie backup, format 1\n');

/** How a piece of the compressed part begins: what it is, and how many bytes follow (32 bits, big-endian). */
export const FRAME_HEADER = 5;
export const HEAD = 0x48;
export const DATA = 0x44;
/** Bytes of a piece at most, so that a damaged length asks for no memory. */
export const MAX_FRAME = 1_048_576;
