import type { Caller } from '../../../application/ports/security-log.port.js';
import { requestId } from '../../http/security/request-id.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { connectionOf } from '../engine/engine-connection.js';
import { addressOf } from './outside-connections.js';

/**
 * The client of a socket. Of an accepted socket only the address is kept.
 * @param event an event name that the server knows, or null when it is unknown
 */
export function socketCaller(socket: AuthenticatedSocket, event: string | null = 'handshake'): Caller {
  const conn = connectionOf(socket);
  return {
    address: addressOf(conn),
    userAgent: socket.handshake.headers['user-agent'] ?? null,
    requestId: conn.request && requestId(conn.request),
    action: event,
  };
}
