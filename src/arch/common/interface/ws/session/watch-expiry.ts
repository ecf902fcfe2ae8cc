import { guardListener } from '../../../application/guard-listener.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { endConnection } from '../engine/end-connection.js';
import { clientOf, closeConnectionOf } from '../engine/engine-connection.js';
import { finishSocket } from '../rooms/room-delivery.js';

/** The longest time (ms) before the end of its token at which a client is told, to get another one. */
const NOTICE = 60_000;
/** The longest that a Node timer waits, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2_147_483_647;

const timers = new WeakMap<AuthenticatedSocket, NodeJS.Timeout>();

/**
 * Announces the end of the socket's token and then closes its connection, so that the stock client connects
 * again by itself; it stays when its `auth` gives a newer token by then. Call it again when the socket has got one.
 */
export function watchExpiry(socket: AuthenticatedSocket): void {
  if (!socket.connected) return;
  const stop = guardListener(() => clearTimeout(timers.get(socket)));
  if (!timers.has(socket)) socket.once('disconnect', stop);
  const { issuedAt, expiresAt } = socket.data;
  const end = expiresAt.getTime();
  at(socket, noticeTime(issuedAt.getTime(), end, Date.now()), () => {
    socket.emit('token_expiring', { expiresAt: expiresAt.toISOString() });
    at(socket, end, () => {
      finishSocket(socket);
      endConnection(clientOf(socket).conn);
    });
  });
}

/**
 * A minute before the end, or a quarter of a short life. Whoever brings a token that is older gets a quarter of what
 * is left: never at once, or a client that answers each notice with the token it has would spin.
 */
function noticeTime(issuedAt: number, end: number, now: number): number {
  const usual = end - Math.min(NOTICE, (end - issuedAt) / 4);
  return usual > now ? usual : end - (end - now) / 4;
}

/** Waits for a time of the wall clock, however far away, and whatever becomes of the clock meanwhile. */
function at(socket: AuthenticatedSocket, time: number, action: () => void): void {
  clearTimeout(timers.get(socket));
  const left = Math.ceil(time - Date.now());
  const act = (): void => (Date.now() < time ? at(socket, time, action) : action());
  const guarded = guardListener(act, () => closeConnectionOf(socket));
  timers.set(socket, setTimeout(guarded, Math.min(Math.max(0, left), LONGEST_TIMER)).unref());
}
