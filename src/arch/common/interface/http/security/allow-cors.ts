import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OriginPolicy } from './origin-policy.js';

/** Seconds for which a browser remembers what it may ask. */
const PREFLIGHT_AGE = 600;

const OPTIONS = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id'],
  maxAge: PREFLIGHT_AGE,
  // Its refusal would not have the shape of our errors.
  strictPreflight: false,
} satisfies FastifyCorsOptions;

/** Lets pages of the listed origins use the HTTP API. To all others, OPTIONS is a route that does not exist. */
export async function allowCors(fastify: FastifyInstance, origins: OriginPolicy): Promise<void> {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Their browsers refuse the answer. What matters here is the log.
    origins.admits(request.headers);
    done();
  });
  if (!origins.listsAny) return;
  await fastify.register(cors, {
    delegator: ({ headers: { origin } }: FastifyRequest, done) =>
      done(
        null,
        origins.isListed(origin ?? '') ? { ...OPTIONS, ...origins.corsOptions(origin) } : { origin: false },
      ),
  });
}
