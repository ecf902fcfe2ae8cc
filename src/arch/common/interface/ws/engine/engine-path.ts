import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';

/** Without the slash that engine.io looks for; the stock client leaves it out when told to (`addTrailingSlash`). */
const PATH = '/socket.io';

/** Serves both spellings of the path. Nothing else that begins with it becomes engine.io's. */
export function acceptPathWithoutSlash({ httpServer }: Server): void {
  const server = httpServer as HttpServer;
  server.prependListener('request', addSlash);
  server.prependListener('upgrade', addSlash);
}

const addSlash = guardListener((request: IncomingMessage) => {
  const { url = '' } = request;
  if (url === PATH || url.startsWith(`${PATH}?`)) request.url = `${PATH}/${url.slice(PATH.length)}`;
});
