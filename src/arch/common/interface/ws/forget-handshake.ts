import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'socket.io';

// An idle socket is what a chat has most of. Of what Socket.IO, engine.io and Nest keep for each as long as it
// lives, this is what nobody asks for again.

const NOTHING = Object.freeze({});

/** Lets go of the requests that open websockets, which a listener on the TCP connection would keep. */
export function forgetUpgradeRequests({ engine }: Server): void {
  const responses = new WeakMap<IncomingMessage, { req?: unknown }>();
  engine.use((request: IncomingMessage, response: object, next: () => void) => {
    if (!(response instanceof ServerResponse)) responses.set(request, response);
    next();
  });
  engine.on('headers', (_headers: object, request: IncomingMessage) => {
    delete responses.get(request)?.req;
  });
}

/** Lets go of an accepted socket's first request and its credentials. */
export function forgetHandshake({ conn, handshake }: Socket): void {
  Object.assign(conn, { request: null });
  Object.assign(handshake, { auth: NOTHING, headers: NOTHING, query: NOTHING, url: '' });
}
