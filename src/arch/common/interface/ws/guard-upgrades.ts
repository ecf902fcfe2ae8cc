import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'socket.io';
import { RouteNotFoundError } from '../../domain/errors/route-not-found.error.js';
import { toErrorPayload } from '../errors/error-payload.js';
import { answerBare } from '../http/bare-answer.js';
import { requestId } from '../http/security/request-id.js';

/**
 * Node hands a connection that asks for an upgrade over without the listeners that end it when it fails or falls
 * silent; engine.io would leave it half closed, for ever, when the path is not its own.
 */
export function guardUpgrades({ engine, httpServer }: Server): void {
  (httpServer as HttpServer).on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', end);
    socket.on('timeout', end);
    if (isTaken(request)) return;
    socket.resume();
    answerBare(socket, toErrorPayload(new RouteNotFoundError()), requestId(request), request.url ?? '');
  });
  // From here on it is a websocket, which has listeners of its own.
  engine.on('headers', (_headers: object, { socket }: IncomingMessage) => {
    socket.off('error', end);
    socket.off('timeout', end);
  });
}

/** engine.io, whose listener is the first, has parsed the query of what has its path. */
function isTaken(request: IncomingMessage): boolean {
  return '_query' in request;
}

function end(this: Duplex): void {
  this.destroy();
}
