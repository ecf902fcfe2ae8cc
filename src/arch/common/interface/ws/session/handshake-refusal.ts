import { Logger } from '@nestjs/common';
import type { ExtendedError, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { logUnexpected } from '../../errors/log-unexpected.js';
import { endConnection, endForNow } from '../engine/end-connection.js';
import { connectionOf } from '../engine/engine-connection.js';
import { endAttempt, isAdmitted } from './outside-connections.js';

/** Milliseconds until the connection is closed, in which the client reads the refusal. */
const CLOSE_AFTER = 250;

const logger = new Logger('Handshake');

/**
 * Creates the error for a namespace middleware and closes the connection, which Socket.IO would leave open. After a
 * CONNECT_ERROR the stock client never reconnects: it is only for refusals that the client must act on. For temporary
 * ones, such as too many connections or an error of the server, the connection is closed instead, so that the client
 * reconnects.
 */
export function refuse(socket: Socket, error: unknown): ExtendedError {
  const { code, message, statusCode } = toErrorPayload(error);
  const conn = connectionOf(socket);
  endAttempt(socket);
  logUnexpected(logger, error, { socketId: socket.id });
  if (statusCode === 429 || statusCode >= 500) {
    endForNow(conn, code);
  } else {
    const close = guardListener(() => {
      // A connection may carry several namespaces: one that has been accepted keeps it open.
      if (!isAdmitted(conn)) endConnection(conn);
    });
    setTimeout(close, CLOSE_AFTER).unref();
  }
  return Object.assign(new Error(titleOf(code, socket, message)), { data: { code, message } });
}

/** Socket.IO's own text for an unknown namespace. Clients at `/` have named no namespace. */
function titleOf(code: string, { nsp }: Pick<Socket, 'nsp'>, message: string): string {
  if (code !== 'ROUTE_NOT_FOUND') return 'Unauthorized';
  return nsp.name === '/' ? `Invalid namespace: ${message}` : 'Invalid namespace';
}
