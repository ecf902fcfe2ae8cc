import type { FastifyInstance } from 'fastify';

/** With these a client asks for a part of a file, or for one version of it. */
const PARTIAL = ['range', 'if-range', 'if-match', 'if-unmodified-since'];

/** The files below a path are sent whole, as RFC 9110 lets a server do: @fastify/static would fail where there is no such part. */
export function sendWholeFiles(fastify: FastifyInstance, path: string): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.url?.startsWith(path)) for (const name of PARTIAL) Reflect.deleteProperty(raw.headers, name);
    done();
  });
}
