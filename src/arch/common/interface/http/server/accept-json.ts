import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MalformedJsonError } from '../../../domain/errors/malformed-json.error.js';
import { refusingBody } from './refusing.js';
import { UnsupportedMediaTypeError } from '../../../domain/errors/unsupported-media-type.error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Accepts bodies in JSON and UTF-8 only, without compression. Other announced formats are refused before the body is
 * read.
 */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  // This uses a callback: a promise for each body would cost more than most bodies.
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    parseJson(body, done),
  );
  fastify.addHook(
    'preParsing',
    refusingBody(({ method, headers }) => {
      if (method !== 'GET' && method !== 'HEAD' && isForeign(headers)) throw new UnsupportedMediaTypeError();
    }),
  );
}

function isForeign({
  'content-encoding': encoding = '',
  'content-type': type = '',
}: IncomingHttpHeaders): boolean {
  if (encoding === '' && type === 'application/json') return false;
  if (!/^(identity)?$/i.test(encoding)) return true;
  const charsets = [...type.matchAll(/;\s*charset\s*=\s*([^;]*)/gi)];
  return charsets.some(([, charset = '']) => !/^["']?utf-?8["']?\s*$/i.test(charset));
}

/** Refuses bytes that are not UTF-8 instead of replacing them. */
function parseJson(body: Buffer, done: (error: Error | null, parsed?: unknown) => void): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(body));
  } catch {
    return done(new MalformedJsonError());
  }
  done(null, parsed);
}
