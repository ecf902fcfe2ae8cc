/** Code points of the name under which a user is shown. */
export const DISPLAY_NAME_MAX = 80;
