import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../../domain/errors/error-code.js';
import { ERROR_MESSAGES } from '../../errors/error-messages.js';
import { ERROR_STATUS } from '../../errors/error-status.js';
import { errorSchema } from '../dto/error.dto.js';

/** What a route that reads a body can refuse before anything else. */
export const BODY_ERRORS = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const satisfies readonly ErrorCode[];

/** How a route that needs a token can refuse it. */
export const TOKEN_ERRORS = [
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'SESSION_REVOKED',
] as const satisfies readonly ErrorCode[];

/** What any route but `/health*` can answer: the caller asks too often, or something on our side is wrong. */
export const COMMON_ERRORS = [
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'SHUTTING_DOWN',
] as const satisfies readonly ErrorCode[];

const CHALLENGE = {
  'WWW-Authenticate': {
    description: 'That a token is wanted, and what is wrong with the one that came (RFC 6750).',
    schema: { type: 'string' as const },
  },
};
const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const } },
};
const HEADERS: Readonly<Record<number, typeof RETRY_AFTER | typeof CHALLENGE>> = {
  401: CHALLENGE,
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** Documents the codes that a route can answer, one response for each status, with an example for each code. */
export function ApiErrors(...codes: readonly ErrorCode[]) {
  const byStatus = Map.groupBy(codes, (code) => ERROR_STATUS[code]);
  return applyDecorators(
    ...[...byStatus].map(([status, group]: readonly [number, readonly ErrorCode[]]) =>
      ApiResponse({
        status,
        standardSchema: errorSchema,
        headers: HEADERS[status] ?? {},
        description: group.map((code) => `\`${code}\``).join(', '),
        examples: Object.fromEntries(
          group.map((code) => [code, { summary: code, value: example(status, code) }]),
        ),
      }),
    ),
  );
}

function example(statusCode: number, code: ErrorCode): object {
  return {
    statusCode,
    error: STATUS_CODES[statusCode],
    code,
    message: ERROR_MESSAGES[code],
    requestId: '0199d0a2-6c1e-7000-8000-000000000000',
    timestamp: '2026-01-31T12:00:00.000Z',
    path: '/chat/conversations',
    details:
      code === 'VALIDATION_FAILED' ? [{ path: 'title', message: 'must have 1 to 255 characters' }] : [],
  };
}
