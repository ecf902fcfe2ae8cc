/** Milliseconds that a gap waits for events which have overtaken each other: nodes keep no order between them. */
export const REORDERING = 150;
