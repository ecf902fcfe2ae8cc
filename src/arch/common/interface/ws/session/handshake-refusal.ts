import { Logger } from '@nestjs/common';
import type { ExtendedError, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { logUnexpected } from '../../errors/log-unexpected.js';
import { endConnection, endForNow } from '../engine/end-connection.js';
import { clientOf } from '../engine/engine-connection.js';
import { endAttempt, isAdmitted } from './outside-connections.js';

/** Milliseconds for the refusal to reach the client before its connection is closed. */
const CLOSE_AFTER = 250;

const logger = new Logger('Handshake');

/**
 * The error for a namespace middleware. Socket.IO itself would leave the refused connection open. After a CONNECT_ERROR
 * the stock client never tries again: it is for what the client must act on. For what passes by itself, too many
 * connections or a failure of ours, the connection is closed instead, so that it comes back.
 */
export function refuse(socket: Socket, error: unknown): ExtendedError {
  const { code, message, statusCode } = toErrorPayload(error);
  const { conn } = clientOf(socket);
  endAttempt(socket);
  logUnexpected(logger, error, { socketId: socket.id });
  if (statusCode === 429 || statusCode >= 500) {
    endForNow(conn, code);
  } else {
    const close = guardListener(() => {
      // A connection may carry several namespaces: one that was accepted keeps it open.
      if (!isAdmitted(conn)) endConnection(conn);
    });
    setTimeout(close, CLOSE_AFTER).unref();
  }
  return Object.assign(new Error(titleOf(code, socket, message)), { data: { code, message } });
}

/** In the words of Socket.IO, which names a namespace that it does not know so. At `/` clients are that have named none. */
function titleOf(code: string, { nsp }: Pick<Socket, 'nsp'>, message: string): string {
  if (code !== 'ROUTE_NOT_FOUND') return 'Unauthorized';
  return nsp.name === '/' ? `Invalid namespace: ${message}` : 'Invalid namespace';
}
