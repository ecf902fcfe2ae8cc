import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { guardListener } from '../../../application/guard-listener.js';
import { ExpectationFailedError } from '../../../domain/errors/expectation-failed.error.js';
import { RouteNotFoundError } from '../../../domain/errors/route-not-found.error.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { answerBare } from './bare-answer.js';
import { errorBody, errorHeaders } from './error-body.js';
import { requestId } from '../security/request-id.js';

/** Answers a request with an error where it has not reached Fastify. */
export function answerBelow(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const payload = toErrorPayload(error);
  const body = JSON.stringify(errorBody(payload, requestId(request), request.url ?? ''));
  // The connection is closed, so that a retry may reach another node.
  const farewell = payload.retryAfterMs === undefined ? {} : { connection: 'close' };
  response.writeHead(payload.statusCode, {
    ...errorHeaders(payload),
    ...farewell,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Listener for `checkExpectation`: Node itself would answer without a body. */
export function refuseExpectation(request: IncomingMessage, response: ServerResponse): void {
  answerBelow(request, response, new ExpectationFailedError());
}

/** Listener for `connect`: Node itself would close the connection without an answer. This server is no proxy. */
export function refuseTunnel({ headers }: IncomingMessage, socket: Duplex): void {
  socket.on(
    'error',
    guardListener(() => socket.destroy()),
  );
  socket.resume();
  // A CONNECT request has a host and no path.
  answerBare(socket, new RouteNotFoundError(), { headers, url: '' });
}
