import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { engineOf } from './engine-connection.js';

// Most sockets of a chat are idle. This file drops the parts of a socket that Socket.IO, engine.io and Nest keep for
// its whole life although no code reads them again.

const NOTHING = Object.freeze({});

/** Drops the requests that open websockets, which a listener on the TCP connection would keep in memory. */
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

/** Drops an accepted socket's first request and its credentials. */
export function forgetHandshake({ conn, handshake }: Socket): void {
  Object.assign(conn, { request: null });
  Object.assign(handshake, { auth: NOTHING, headers: NOTHING, query: NOTHING, url: '' });
}
