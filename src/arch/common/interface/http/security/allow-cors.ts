import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { corsOptions, isListed } from './allowed-origins.js';

/** Seconds for which a browser remembers what it may ask. */
const PREFLIGHT_AGE = 600;

/** Lets pages of the listed origins use the HTTP API. To all others, OPTIONS is a route that does not exist. */
export async function allowCors(fastify: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const listed: FastifyCorsOptions = {
    ...corsOptions(origins),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'x-request-id'],
    maxAge: PREFLIGHT_AGE,
    // Its refusal would not have the shape of our errors.
    strictPreflight: false,
  };
  await fastify.register(cors, {
    delegator: ({ headers }: FastifyRequest, done) =>
      done(null, isListed(headers.origin ?? '', origins) ? listed : { origin: false }),
  });
}
