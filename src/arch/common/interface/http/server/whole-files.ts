import type { FastifyInstance } from 'fastify';

/** Headers that ask for a part of a file, or for one version of it. */
const PARTIAL = ['range', 'if-range', 'if-match', 'if-unmodified-since'];

/**
 * Sends files below a path always as a whole, which RFC 9110 allows: @fastify/static would fail for a part that does
 * not exist.
 */
export function sendWholeFiles(fastify: FastifyInstance, path: string): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.url?.startsWith(path)) for (const name of PARTIAL) Reflect.deleteProperty(raw.headers, name);
    done();
  });
}
