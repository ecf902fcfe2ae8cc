import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorPayload, toErrorPayload } from '../../errors/error-payload.js';

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

/** Of these RFC 6750 says that the token was the reason. */
const BAD_TOKEN: ReadonlySet<string> = new Set(['TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED']);

/** Headers that an error has besides those of every answer. */
export function errorHeaders({
  statusCode,
  code,
  allow,
  retryAfterMs,
}: ErrorPayload): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    ...(statusCode === 401 && { 'www-authenticate': challenge(code) }),
    ...(allow && { allow: allow.join(', ') }),
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }),
  };
}

/** How to prove who one is; a browser shows no dialog for it. */
function challenge(code: string): string {
  return `Bearer realm="causerie"${BAD_TOKEN.has(code) ? ', error="invalid_token"' : ''}`;
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
