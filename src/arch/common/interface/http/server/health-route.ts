import type { FastifyRequest } from 'fastify';

/**
 * Health checks are always answered, however busy the server is and whatever limits the caller's address has reached.
 */
export function isHealthRoute({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url === '/health' || url.startsWith('/health/');
}
