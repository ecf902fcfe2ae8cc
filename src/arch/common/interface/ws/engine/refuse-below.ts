import { type IncomingMessage, ServerResponse } from 'node:http';
import { answerBare } from '../../http/server/bare-answer.js';
import { answerBelow } from '../../http/server/below-routes.js';

/**
 * Answers a handshake or an upgrade with an error instead of engine.io. Stock clients reconnect by themselves after it,
 * which they do not after a refusal in a namespace.
 * @param response as engine.io's middlewares get it; undefined for an upgrade
 */
export function refuseBelow(request: IncomingMessage, response: object | undefined, error: unknown): void {
  if (response instanceof ServerResponse) {
    answerBelow(request, response, error);
    return;
  }
  request.socket.resume();
  answerBare(request.socket, error, request);
}
