import { type IncomingMessage, ServerResponse } from 'node:http';
import { answerBare } from '../../http/server/bare-answer.js';
import { answerBelow } from '../../http/server/below-routes.js';

/**
 * Answers a handshake or an upgrade with an error, in place of engine.io. Stock clients come back by themselves after
 * it, as after no refusal in a namespace.
 * @param response as engine.io's middlewares get it, which for an upgrade is none
 */
export function refuseBelow(request: IncomingMessage, response: object | undefined, error: unknown): void {
  if (response instanceof ServerResponse) {
    answerBelow(request, response, error);
    return;
  }
  request.socket.resume();
  answerBare(request.socket, error, request);
}
