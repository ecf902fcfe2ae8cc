import type { ExtendedError, Socket } from 'socket.io';
import { guardListener } from '../../application/guard-listener.js';
import { toErrorPayload } from '../errors/error-payload.js';

/** Milliseconds for the refusal to reach the client before its connection is closed. */
const CLOSE_AFTER = 250;

const accepted = new WeakSet<object>();

/** A connection may carry several namespaces: one that was accepted keeps it open. */
export function keepConnection(socket: Socket): void {
  accepted.add(socket.conn);
}

/** The error for a namespace middleware. Socket.IO itself would leave the refused connection open. */
export function refuse(socket: Socket, error: unknown): ExtendedError {
  const { code, message } = toErrorPayload(error);
  const close = guardListener(() => {
    if (!accepted.has(socket.conn)) socket.conn.close();
  });
  setTimeout(close, CLOSE_AFTER).unref();
  // At a handshake the only limit is that of connections, and the contract words it.
  const title = code === 'RATE_LIMITED' ? message : 'Unauthorized';
  return Object.assign(new Error(title), { data: { code, message } });
}
