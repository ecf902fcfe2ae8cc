import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** The description of the socket for people, made of its AsyncAPI document. */
export const SOCKET_PAGE = '/api/docs/socket';
/** Pages of docs/ that the API document links to, served as Markdown. */
export const REALTIME_PAGE = '/api/docs/realtime.md';
export const ERRORS_PAGE = '/api/docs/errors.md';

const FILES: Readonly<Record<string, string>> = {
  [REALTIME_PAGE]: 'docs/realtime.md',
  // Links of earlier versions.
  '/api/docs/socket.md': 'docs/realtime.md',
  [ERRORS_PAGE]: 'docs/errors.md',
};

/** Without the folder (a container with nothing but `dist`) the pages are not served. */
export function servePages(fastify: FastifyInstance): void {
  for (const [page, name] of Object.entries(FILES)) {
    const file = fileURLToPath(new URL(`../../../../../../${name}`, import.meta.url));
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    fastify.get(page, (_request, reply) => reply.type('text/plain; charset=utf-8').send(text));
  }
}
