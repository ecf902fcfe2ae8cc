/** Bytes of one packet; a larger one ends its connection. */
export const MAX_PACKET = 65_536;
/**
 * Bytes of one POST of a client that polls, which may bring several packets. Announced as `maxPayload`, up to which
 * clients from 4.5 on fill a POST; older ones and others know no announcement, and send all they have in one.
 */
export const MAX_POST = 1_048_576;
/** Packets of one POST, which are taken in one turn of the event loop: as many as small ones fit into 64 KiB. */
export const MAX_POST_PACKETS = 5_000;
/**
 * Frames of one message of a websocket, and pieces in which the bytes of one may come: each is an object of its own until
 * the packet is whole. In pieces of a byte a packet of 64 KiB would take 20 MiB.
 */
export const MAX_FRAGMENTS = 256;
export const MAX_PIECES = 1_024;
