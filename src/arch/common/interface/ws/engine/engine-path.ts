import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';

/** The path without the slash that engine.io requires; the stock client omits it with `addTrailingSlash: false`. */
const PATH = '/socket.io';

/** Accepts the path with and without the slash. Other paths that begin with it do not reach engine.io. */
export function acceptPathWithoutSlash({ httpServer }: Server): void {
  const server = httpServer as HttpServer;
  server.prependListener('request', addSlash);
  server.prependListener('upgrade', addSlash);
}

const addSlash = guardListener((request: IncomingMessage) => {
  const { url = '' } = request;
  if (url === PATH || url.startsWith(`${PATH}?`)) request.url = `${PATH}/${url.slice(PATH.length)}`;
});
