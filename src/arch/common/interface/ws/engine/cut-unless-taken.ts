import { guardListener } from '../../../application/guard-listener.js';

/**
 * Bytes that may wait for one connection, {@link PER_PACKET} included. Within a turn of the event loop more is allowed:
 * a busy server, or one without processor time, notices only afterwards what its client has read meanwhile.
 */
export const MAX_WAITING = 524_288;
/** Bytes, counted in the same way, above which a connection is closed at once. */
const MAX_IN_A_TURN = 786_432;

const overdue = new Set<object>();

/** Closes a connection when too many bytes still wait for it after the event loop has polled all connections once. */
export function cutUnlessTaken(connection: object, waitingFor: () => number, cut: () => void): void {
  if (waitingFor() > MAX_IN_A_TURN) {
    cut();
    return;
  }
  if (overdue.has(connection)) return;
  overdue.add(connection);
  // The first of the two turns may come without a poll of the connections before it.
  const checkAgain = guardListener(() => {
    overdue.delete(connection);
    if (waitingFor() > MAX_WAITING) cut();
  }, cut);
  setImmediate(() => setImmediate(checkAgain));
}
