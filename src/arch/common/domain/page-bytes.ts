/** Bytes of JSON at which a page ends, whatever its `limit`. */
export const PAGE_BYTES = 1_048_576;
