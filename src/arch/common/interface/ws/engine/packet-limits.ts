/** Bytes of one packet; a larger packet closes its connection. */
export const MAX_PACKET = 65_536;
/**
 * Bytes of one POST of a polling client, which may contain several packets. The handshake announces it as `maxPayload`;
 * clients from 4.5 on fill a POST up to it, older and other clients send everything in one POST.
 */
export const MAX_POST = 1_048_576;
/**
 * Packets of one POST, which are handled in one turn of the event loop: the number of small packets that fit into 64
 * KiB.
 */
export const MAX_POST_PACKETS = 5_000;
/**
 * Frames of one websocket message, and chunks in which the bytes of one may arrive: each is an object of its own until
 * the packet is complete. In chunks of one byte a packet of 64 KiB would take 20 MiB.
 */
export const MAX_FRAGMENTS = 256;
export const MAX_PIECES = 1_024;
