import { type IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { discardBody, isUnread } from '../server/discard-body.js';
import { statusBody } from '../server/status-body.js';
import type { OriginPolicy } from './origin-policy.js';
import { requestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';

const latest = new WeakMap<Socket, ServerResponse>();

/** The response in flight on a connection, otherwise its last one. */
export function latestResponse(socket: Socket): ServerResponse | undefined {
  return latest.get(socket);
}

/**
 * A response that gets the security headers when it is created, whether a route writes it, Fastify for an address it
 * cannot read, or Socket.IO. Hooks, such as those of `@fastify/helmet`, would miss the last two. Headers that a route
 * sets itself win.
 */
export function securedResponse(origins: OriginPolicy): typeof ServerResponse {
  return class SecuredResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    private ownBody: string | undefined;

    constructor(...[request, ...options]: ConstructorParameters<typeof ServerResponse<Request>>) {
      super(request, ...options);
      this.setHeaders(securityHeaders(request.url ?? ''));
      this.setHeader('x-request-id', requestId(request));
      for (const [name, value] of origins.headersFor(request.headers.origin)) this.setHeader(name, value);
    }

    override assignSocket(socket: Socket): void {
      latest.set(socket, this);
      super.assignSocket(socket);
    }

    /** Adds our error body where the writer sets a status alone, as engine.io does when a POST is too large. */
    override writeHead(statusCode: number, ...rest: unknown[]): this {
      const own = rest.length === 0 ? statusBody(statusCode, this.req) : null;
      if (own) {
        this.ownBody = own.body;
        this.setHeaders(own.headers);
      }
      return super.writeHead(statusCode, ...(rest as []));
    }

    override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
      const { socket } = this;
      if (socket && isUnread(this.req)) closeWhenRead(socket, this.req);
      return super.end(chunk ?? this.ownBody, encoding as BufferEncoding, callback as () => void);
    }
  };
}

/**
 * Where the answer ends the connection, Node would close it with the rest of the body unread. An earlier listener of
 * this kind is replaced: a connection on which thousands of requests are refused must not keep one for each.
 */
function closeWhenRead(socket: Socket, request: IncomingMessage): void {
  discardBody(request);
  const close = guardListener(Socket.prototype.destroySoon.bind(socket));
  socket.destroySoon = () => void (request.complete ? close() : request.once('close', close));
}
