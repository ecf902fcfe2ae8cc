/** In the place of a way to the server that is never used. */
export const WT = null;
