import { guardListener } from '../../../application/guard-listener.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { endConnection } from '../engine/end-connection.js';
import { connectionOf, closeConnectionOf } from '../engine/engine-connection.js';
import { finishSocket } from '../rooms/room-delivery.js';

/** Maximum milliseconds between `token_expiring` and the end of the token, in which the client renews it. */
const NOTICE = 60_000;
/** The longest delay of a Node timer in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2_147_483_647;

type Action = (socket: AuthenticatedSocket) => void;

const timers = new WeakMap<AuthenticatedSocket, NodeJS.Timeout>();

/**
 * Emits `token_expiring` before the socket's token expires and then closes its connection, so that the stock client
 * reconnects by itself; the new connection is accepted if its `auth` has a newer token by then. Call it again after the
 * socket has got a new token.
 */
export function watchExpiry(socket: AuthenticatedSocket): void {
  if (!socket.connected) return;
  if (!timers.has(socket)) socket.on('disconnect', stop);
  const { issuedAt, expiresAt } = socket.data;
  at(noticeTime(issuedAt.getTime(), expiresAt.getTime(), Date.now()), announceEnd, socket);
}

// All sockets share this listener and the callbacks of their timers, to save memory.
const stop = guardListener(function (this: AuthenticatedSocket) {
  clearTimeout(timers.get(this));
});

function announceEnd(socket: AuthenticatedSocket): void {
  const { expiresAt } = socket.data;
  socket.emit('token_expiring', { expiresAt: expiresAt.toISOString() });
  at(expiresAt.getTime(), expire, socket);
}

function expire(socket: AuthenticatedSocket): void {
  finishSocket(socket);
  endConnection(connectionOf(socket));
}

/**
 * A minute before the token expires, or a quarter of its lifetime if that is shorter. For a token that is older
 * already, a quarter of the time that is left: never at once, or a client that answers each notice with the same token
 * would loop.
 */
function noticeTime(issuedAt: number, end: number, now: number): number {
  const usual = end - Math.min(NOTICE, (end - issuedAt) / 4);
  return usual > now ? usual : end - (end - now) / 4;
}

/** Runs an action at a time of the wall clock, however far away, even when the clock is changed meanwhile. */
function at(time: number, action: Action, socket: AuthenticatedSocket): void {
  clearTimeout(timers.get(socket));
  const left = Math.ceil(time - Date.now());
  const delay = Math.min(Math.max(0, left), LONGEST_TIMER);
  timers.set(socket, setTimeout(act, delay, socket, time, action).unref());
}

const act = guardListener((socket: AuthenticatedSocket, time: number, action: Action) => {
  if (Date.now() < time) at(time, action, socket);
  else action(socket);
}, closeConnectionOf);
