import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorPayload, toErrorPayload } from '../errors/error-payload.js';

/** The one error shape of the HTTP API. */
export function errorBody(
  { statusCode, code, message, details, outcome }: ErrorPayload,
  requestId: string,
  url: string,
) {
  return {
    statusCode,
    error: STATUS_CODES[statusCode],
    code,
    message,
    requestId,
    timestamp: new Date().toISOString(),
    path: url.split('?', 1)[0],
    details,
    ...(outcome && { outcome }),
  };
}

/** Headers that an error has besides those of every answer. */
export function errorHeaders({ retryAfterMs }: ErrorPayload): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }),
  };
}

/** Answers a request with an error. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { outcome, ...known } = toErrorPayload(error);
  // What only reads has no outcome.
  const payload = outcome && !/^(GET|HEAD)$/.test(request.method) ? { ...known, outcome } : known;
  void reply
    .status(payload.statusCode)
    .header('x-request-id', request.id)
    .headers(errorHeaders(payload))
    .send(errorBody(payload, request.id, request.url));
}
