import type { FastifyRequest } from 'fastify';

/** Whoever supervises the server always gets an answer, however busy or full the server or the caller's address is. */
export function isHealthRoute({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url === '/health' || url.startsWith('/health/');
}
