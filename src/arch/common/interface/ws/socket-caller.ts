import type { Caller } from '../../application/ports/security-log.port.js';
import { requestId } from '../http/security/request-id.js';
import type { AuthenticatedSocket } from '../principal-of.js';

/**
 * Who is at the other end. Of an accepted socket only the address is remembered.
 * @param event a name that the server knows, or null when it is none
 */
export function socketCaller(
  { conn, handshake }: AuthenticatedSocket,
  event: string | null = 'handshake',
): Caller {
  const request = conn.request as typeof conn.request | null;
  return {
    address: handshake.address,
    userAgent: handshake.headers['user-agent'] ?? null,
    requestId: request ? requestId(request) : null,
    action: event,
  };
}
