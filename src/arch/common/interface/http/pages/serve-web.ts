import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ENCODINGS, type WebFile } from './web-files.js';
import { webHeaders } from '../security/web-policy.js';
import { WEB_PAGES } from './web-pages.js';

/** The page that all addresses of the web client are. */
const WEB_PAGE = '/index.html';
/** Assets have names that change with their content: a year is as long as for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** May be kept, and is asked for again each time. */
const REVALIDATED = 'no-cache';

/**
 * Serves the web client: its page at each of its addresses, and its files, and nothing else.
 * @param ancestors origins whose pages may show it in a frame
 */
export function serveWeb(
  fastify: FastifyInstance,
  files: ReadonlyMap<string, WebFile>,
  ancestors: readonly string[],
): void {
  const page = files.get(WEB_PAGE);
  if (!page) throw new Error('The web client has no page.');
  const headers = webHeaders(ancestors);
  for (const address of WEB_PAGES)
    fastify.get(address, (request, reply) => {
      // Browsers that know both follow the older one, which knows no list.
      if (ancestors.length > 0) reply.raw.removeHeader('x-frame-options');
      return sendFile(request, reply.headers(headers), page);
    });
  for (const [path, file] of files) {
    if (path === WEB_PAGE) continue;
    const caching = path.startsWith('/assets/') ? FOR_EVER : REVALIDATED;
    fastify.get(path, (request, reply) => sendFile(request, reply, file, caching));
  }
}

function sendFile(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, etag, content, copies }: WebFile,
  caching = REVALIDATED,
): FastifyReply {
  void reply.headers({ 'cache-control': caching, etag, vary: 'Accept-Encoding' });
  if (isKnown(headers['if-none-match'] ?? '', etag)) return reply.status(304).send();
  const accepted = negotiate(headers['accept-encoding'] ?? 'identity', [...ENCODINGS]);
  const encoding = ENCODINGS.find((name) => name === accepted);
  const copy = encoding && copies.get(encoding);
  if (copy) void reply.header('content-encoding', encoding);
  return reply.type(type).send(copy ?? content);
}

/** Whether a browser, or a cache between, names this content among those that it has. */
function isKnown(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((known) => known.trim() === etag);
}
