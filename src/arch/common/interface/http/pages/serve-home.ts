import type { FastifyInstance } from 'fastify';
import { homePage } from './home-page.js';

interface HomeSettings {
  readonly docs: boolean;
  /** Whether the page links the checkout's examples, which are for the machine that the server runs on. */
  readonly examples: boolean;
}

/** Serves the page at `/`. */
export function serveHome(fastify: FastifyInstance, { docs, examples }: HomeSettings): void {
  fastify.get('/', (request, reply) => {
    // The port of the connection, because the Host header can be chosen by the client.
    const address = examples ? `http://localhost:${request.raw.socket.localPort}` : undefined;
    return reply.type('text/html; charset=utf-8').send(homePage({ docs, address }));
  });
}
