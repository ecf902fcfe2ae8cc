import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { engineOf } from './engine-connection.js';

// An idle socket is what a chat has most of. Of what Socket.IO, engine.io and Nest keep for each as long as it
// lives, this is what nobody asks for again.

const NOTHING = Object.freeze({});

/** Lets go of the requests that open websockets, which a listener on the TCP connection would keep. */
export function forgetUpgradeRequests(server: Server): void {
  const responses = new WeakMap<IncomingMessage, { req?: unknown }>();
  server.engine.use((request: IncomingMessage, response: object, next: () => void) => {
    if (!(response instanceof ServerResponse)) responses.set(request, response);
    next();
  });
  engineOf(server).on(
    'headers',
    guardListener(
      (_headers, request) => delete responses.get(request)?.req,
      (_headers, { socket }) => void socket.destroy(),
    ),
  );
}

/** Lets go of an accepted socket's first request and its credentials. */
export function forgetHandshake({ conn, handshake }: Socket): void {
  Object.assign(conn, { request: null });
  Object.assign(handshake, { auth: NOTHING, headers: NOTHING, query: NOTHING, url: '' });
}
