import type { AuthenticatedSocket } from '../principal-of.js';

/** Milliseconds before the end of its token at which a client is told, to get another one. */
const NOTICE = 60_000;
/** The longest that a Node timer waits, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

const timers = new WeakMap<AuthenticatedSocket, NodeJS.Timeout>();

/**
 * Announces the end of the socket's token and then closes its connection, so that the stock client connects
 * again by itself, with a newer token. Call it again when the socket has got one.
 */
export function watchExpiry(socket: AuthenticatedSocket): void {
  if (!socket.connected) return;
  if (!timers.has(socket)) socket.once('disconnect', () => clearTimeout(timers.get(socket)));
  const { expiresAt } = socket.data;
  const left = expiresAt.getTime() - Date.now();
  at(socket, left - NOTICE, () => {
    socket.emit('token_expiring', { expiresAt: expiresAt.toISOString() });
    at(socket, expiresAt.getTime() - Date.now(), () => socket.conn.close());
  });
}

function at(socket: AuthenticatedSocket, delay: number, action: () => void): void {
  clearTimeout(timers.get(socket));
  timers.set(socket, setTimeout(action, Math.min(Math.max(0, delay), LONGEST_TIMER)).unref());
}
