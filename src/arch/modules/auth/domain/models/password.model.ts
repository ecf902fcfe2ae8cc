/** Bounds in code points. The lower one applies to new passwords only. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;
