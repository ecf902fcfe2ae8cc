import type { FastifyInstance } from 'fastify';
import type { OriginPolicy } from './origin-policy.js';

/** Seconds for which a browser caches the answer to a preflight request. */
const PREFLIGHT_AGE = '600';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** Allowed headers, for clients whose preflight request does not list the headers they need. */
const HEADERS = 'authorization, content-type, idempotency-key, x-request-id';

/**
 * Answers preflight requests for pages of a listed origin, which may send any header: tracing adds its own. For other
 * origins, OPTIONS is a method that no route has. The CORS headers of other answers are in `OriginPolicy`.
 */
export function allowCors(fastify: FastifyInstance, origins: OriginPolicy): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, headers } = request;
    // The browser refuses this answer by itself; the check is called for its log line.
    origins.admitsRequest(headers);
    if (method !== 'OPTIONS' || headers.origin === undefined || !origins.isListed(headers.origin)) {
      done();
      return;
    }
    void reply
      .status(204)
      .headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': headers['access-control-request-headers'] ?? HEADERS,
        'access-control-max-age': PREFLIGHT_AGE,
        vary: 'Origin, Access-Control-Request-Headers',
      })
      .send();
  });
}
