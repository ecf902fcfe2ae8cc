import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { RouteNotFoundError } from '../../../domain/errors/route-not-found.error.js';
import { answerBare } from '../../http/server/bare-answer.js';
import { engineOf } from './engine-connection.js';

/**
 * Adds listeners that destroy an upgrading connection on an error or a timeout: Node removes its own at an upgrade, and
 * engine.io would leave the connection half open for ever when the path is not its own.
 */
export function guardUpgrades(server: Server): void {
  (server.httpServer as HttpServer).on('upgrade', answerUpgrade);
  // From here on the connection is a websocket, which has its own listeners.
  engineOf(server).on(
    'headers',
    guardListener(
      (_headers, { socket }) => {
        socket.off('error', end);
        socket.off('timeout', end);
      },
      (_headers, { socket }) => void socket.destroy(),
    ),
  );
}

const answerUpgrade = guardListener(
  (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', end);
    socket.on('timeout', end);
    if (isTaken(request)) return;
    socket.resume();
    answerBare(socket, new RouteNotFoundError(), request);
  },
  (_request, socket) => void socket.destroy(),
);

/** engine.io's listener runs first and has parsed the query of every request for its path. */
function isTaken(request: IncomingMessage): boolean {
  return '_query' in request;
}

const end = guardListener(function (this: Duplex) {
  this.destroy();
});
