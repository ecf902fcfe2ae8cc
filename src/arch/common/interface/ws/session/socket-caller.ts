import type { Caller } from '../../../application/ports/security-log.port.js';
import { requestId } from '../../http/security/request-id.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { clientOf } from '../engine/engine-connection.js';
import { addressOf } from './outside-connections.js';

/**
 * Who is at the other end. Of an accepted socket only the address is remembered.
 * @param event a name that the server knows, or null when it is none
 */
export function socketCaller(socket: AuthenticatedSocket, event: string | null = 'handshake'): Caller {
  const { conn } = clientOf(socket);
  return {
    address: addressOf(conn),
    userAgent: socket.handshake.headers['user-agent'] ?? null,
    requestId: conn.request && requestId(conn.request),
    action: event,
  };
}
