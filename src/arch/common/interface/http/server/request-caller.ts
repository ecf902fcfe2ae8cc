import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../../application/ports/security-log.port.js';

/** Who sent a request. Made for each of them, so it looks only when it is asked. */
export class RequestCaller implements Caller {
  constructor(private readonly request: FastifyRequest) {}

  /** Behind a proxy that passes on anything, it may be none. */
  get address(): string | null {
    return this.request.clientAddress;
  }

  get userAgent(): string | null {
    return this.request.headers['user-agent'] ?? null;
  }

  get requestId(): string {
    return this.request.id;
  }

  /** The route's pattern: what stands in its place may be anything. */
  get action(): string {
    return `${this.request.method} ${this.request.routeOptions.url ?? ''}`.trimEnd();
  }
}
