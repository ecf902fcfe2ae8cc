/** The first line of a backup, not compressed, which identifies the file. */
export const FIRST_LINE = Buffer.from('Causerie backup, format 1\n');

/** Bytes of a frame's header in the compressed part: its type and length (32 bits, big-endian). */
export const FRAME_HEADER = 5;
export const HEAD = 0x48;
export const DATA = 0x44;
/** Maximum bytes of a frame, so that a damaged length allocates no memory. */
export const MAX_FRAME = 1_048_576;
