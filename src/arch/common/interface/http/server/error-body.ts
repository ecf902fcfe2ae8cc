import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorPayload, toErrorPayload } from '../../errors/error-payload.js';
import { shownPath } from './shown-path.js';

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
    path: shownPath(url),
    details,
    ...(outcome && { outcome }),
  };
}

/** Codes for which RFC 6750 requires `invalid_token`. */
const BAD_TOKEN: ReadonlySet<string> = new Set(['TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED']);

/** Additional headers of an error. */
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

/** The authentication scheme; browsers show no dialog for it. */
function challenge(code: string): string {
  return `Bearer realm="causerie"${BAD_TOKEN.has(code) ? ', error="invalid_token"' : ''}`;
}

/** Answers a request with an error. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { outcome, ...known } = toErrorPayload(error);
  // Reading has no outcome to report.
  const payload = outcome && !/^(GET|HEAD)$/.test(request.method) ? { ...known, outcome } : known;
  void reply
    .status(payload.statusCode)
    .header('x-request-id', request.id)
    .headers(errorHeaders(payload))
    .send(errorBody(payload, request.id, request.url));
}
