import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** Pages of docs/ that the API document links to, served as Markdown. */
export const SOCKET_PAGE = '/api/docs/socket.md';
export const ERRORS_PAGE = '/api/docs/errors.md';

/** Without the folder (a container with nothing but `dist`) the pages are not served. */
export function servePages(fastify: FastifyInstance): void {
  for (const page of [SOCKET_PAGE, ERRORS_PAGE]) {
    const name = page.replace('/api/', '');
    const file = fileURLToPath(new URL(`../../../../../../${name}`, import.meta.url));
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    fastify.get(page, (_request, reply) => reply.type('text/plain; charset=utf-8').send(text));
  }
}
