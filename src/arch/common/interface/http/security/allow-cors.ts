import type { FastifyInstance } from 'fastify';
import type { OriginPolicy } from './origin-policy.js';

/** Seconds for which a browser remembers what it may ask. */
const PREFLIGHT_AGE = '600';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** Headers of requests, for whom a browser does not name those that its page wants to send. */
const HEADERS = 'authorization, content-type, idempotency-key, x-request-id';

/**
 * Answers what browsers ask before a page of a listed origin may use the HTTP API. It may send any header: tracing adds
 * its own. To all others, OPTIONS is a method that no route has. What answers say besides is in `OriginPolicy`.
 */
export function allowCors(fastify: FastifyInstance, origins: OriginPolicy): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, headers } = request;
    // Their browsers refuse the answer. What matters here is the log.
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
