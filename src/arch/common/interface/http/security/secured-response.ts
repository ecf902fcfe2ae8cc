import { type IncomingMessage, ServerResponse } from 'node:http';
import { requestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';

/**
 * Born with its headers, whoever writes it: a route, Fastify for an address it cannot read, Socket.IO. Hooks and
 * @fastify/helmet would miss the last two. What a route sets itself wins.
 */
export class SecuredResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
  constructor(...[request, ...options]: ConstructorParameters<typeof ServerResponse<Request>>) {
    super(request, ...options);
    this.setHeaders(securityHeaders(request.url ?? ''));
    this.setHeader('x-request-id', requestId(request));
  }
}
