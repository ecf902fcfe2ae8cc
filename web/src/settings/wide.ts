/** Where there is room for the list of sections beside one of them; the styles say it, too. */
export const WIDE = '(min-width: 64em)';
