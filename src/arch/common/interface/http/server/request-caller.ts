import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../../application/ports/security-log.port.js';

/** The caller of a request. Created for every request, so its properties are computed when they are read. */
export class RequestCaller implements Caller {
  constructor(private readonly request: FastifyRequest) {}

  /** Null when a proxy has forwarded something that is no address. */
  get address(): string | null {
    return this.request.clientAddress;
  }

  get userAgent(): string | null {
    return this.request.headers['user-agent'] ?? null;
  }

  get requestId(): string {
    return this.request.id;
  }

  /** The route's pattern, because the actual path may contain anything. */
  get action(): string {
    return `${this.request.method} ${this.request.routeOptions.url ?? ''}`.trimEnd();
  }
}
