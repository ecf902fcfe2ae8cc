import { type IncomingMessage, ServerResponse } from 'node:http';
import { toErrorPayload } from '../errors/error-payload.js';
import { answerBare } from '../http/bare-answer.js';
import { errorBody, errorHeaders } from '../http/error-body.js';
import { requestId } from '../http/security/request-id.js';

/**
 * Answers a handshake or an upgrade with an error, in place of engine.io, and ends its TCP connection. Stock clients
 * come back by themselves after it, as after no refusal in a namespace.
 * @param response as engine.io's middlewares get it, which for an upgrade is none
 */
export function refuseBelow(request: IncomingMessage, response: object, error: unknown): void {
  const payload = toErrorPayload(error);
  const id = requestId(request);
  const url = request.url ?? '';
  if (!(response instanceof ServerResponse)) {
    request.socket.resume();
    answerBare(request.socket, payload, id, url);
    return;
  }
  response.writeHead(payload.statusCode, { ...errorHeaders(payload), connection: 'close' });
  response.end(JSON.stringify(errorBody(payload, id, url)));
}
