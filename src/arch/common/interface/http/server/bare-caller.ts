import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../../application/ports/security-log.port.js';
import type { ClientAddresses } from './client-addresses.js';
import { requestId } from '../security/request-id.js';

/**
 * The caller of a request that does not reach Fastify.
 * @param action name of the refused action, in place of a route
 */
export function bareCaller(request: IncomingMessage, addresses: ClientAddresses, action: string): Caller {
  return {
    address: addresses.addressOf(request),
    userAgent: request.headers['user-agent'] ?? null,
    requestId: requestId(request),
    action,
  };
}
