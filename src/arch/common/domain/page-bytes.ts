/** Bytes of JSON at which a page ends, however many rows were asked for. */
export const PAGE_BYTES = 1_048_576;
