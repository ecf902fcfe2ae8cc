import { guardListener } from '../../../application/guard-listener.js';

/**
 * Bytes that may wait for one connection, {@link PER_PACKET} included. More is for a turn of the event loop: a server
 * that was busy, or did not get the processor, learns only then what its client has read in the meantime.
 */
export const MAX_WAITING = 524_288;
/** Bytes, counted likewise, beyond which a connection is closed at once. */
const MAX_IN_A_TURN = 786_432;

const overdue = new Set<object>();

/** Ends a connection when what waits for it has not become less once all connections have been looked at. */
export function cutUnlessTaken(connection: object, waitingFor: () => number, cut: () => void): void {
  if (waitingFor() > MAX_IN_A_TURN) {
    cut();
    return;
  }
  if (overdue.has(connection)) return;
  overdue.add(connection);
  // The first of the two may come without any look at the connections in between.
  const look = guardListener(() => {
    overdue.delete(connection);
    if (waitingFor() > MAX_WAITING) cut();
  }, cut);
  setImmediate(() => setImmediate(look));
}
