import { NotFoundException, InternalServerErrorException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../domain/errors/error-code.js';
import { DomainError } from '../../domain/errors/domain.error.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import { toErrorPayload } from './error-payload.js';
import { ERROR_STATUS } from './error-status.js';

class AnyDomainError extends DomainError {
  constructor(readonly code: ErrorCode) {
    super('A sentence.', [{ path: 'here', message: 'is wrong' }]);
  }
}

/** As the table of the contract has it. */
const CONTRACT: Record<number, ErrorCode[]> = {
  400: ['VALIDATION_FAILED', 'MALFORMED_JSON', 'CURSOR_INVALID'],
  401: [
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'TOKEN_EXPIRED',
    'INVALID_CREDENTIALS',
    'REFRESH_TOKEN_INVALID',
    'REFRESH_TOKEN_REUSED',
    'SESSION_REVOKED',
  ],
  403: [
    'PERMISSION_DENIED',
    'NOT_CONVERSATION_MEMBER',
    'CANNOT_ADD_MEMBER',
    'FORBIDDEN_POST_ACCESS',
    'ROOM_NOT_JOINED',
    'ORIGIN_NOT_ALLOWED',
  ],
  404: [
    'ROUTE_NOT_FOUND',
    'USER_NOT_FOUND',
    'CONVERSATION_NOT_FOUND',
    'UNKNOWN_EVENT',
    'SESSION_NOT_FOUND',
    'POST_NOT_FOUND',
  ],
  405: ['METHOD_NOT_ALLOWED'],
  408: ['REQUEST_TIMEOUT'],
  409: [
    'EMAIL_ALREADY_USED',
    'ALREADY_CONVERSATION_MEMBER',
    'CLIENT_MESSAGE_ID_REUSED',
    'IDEMPOTENCY_KEY_REUSED',
    'CONVERSATION_FULL',
  ],
  413: ['PAYLOAD_TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  417: ['EXPECTATION_FAILED'],
  429: ['RATE_LIMITED'],
  431: ['HEADERS_TOO_LARGE'],
  500: ['INTERNAL'],
  501: ['UNSUPPORTED_TRANSFER_ENCODING'],
  503: ['UNAVAILABLE', 'SHUTTING_DOWN'],
};
const pairs = Object.entries(CONTRACT).flatMap(([status, codes]) =>
  codes.map((code) => [code, Number(status)] as const),
);

it.each(pairs)('%s is %i', (code, statusCode) => {
  const waits = statusCode === 429 || statusCode === 503;
  expect(toErrorPayload(new AnyDomainError(code))).toEqual({
    statusCode,
    code,
    message: 'A sentence.',
    details: [{ path: 'here', message: 'is wrong' }],
    ...(waits ? { retryAfterMs: 1_000 } : {}),
  });
});

it('the table has these codes and no other', () => {
  expect(Object.keys(ERROR_STATUS).toSorted()).toEqual(pairs.map(([code]) => code).toSorted());
});

describe('of an unexpected failure nothing is told but that', () => {
  it.each([
    new Error('secret'),
    new TypeError('secret'),
    Object.assign(new Error('secret'), { code: 'NOT_CONVERSATION_MEMBER', statusCode: 403 }),
    Object.assign(new Error('secret'), { code: '23505', detail: 'secret' }),
    new InternalServerErrorException('secret'),
    'secret',
    { message: 'secret', code: 'UNAVAILABLE' },
    undefined,
    null,
  ])('%s', (error) => {
    expect(toErrorPayload(error)).toEqual({
      statusCode: 500,
      code: 'INTERNAL',
      message: 'Something went wrong on our side.',
      details: [],
    });
  });
});

it("Nest's and Fastify's own refusals come in our words", () => {
  expect(toErrorPayload(new NotFoundException('Cannot GET /secret'))).toMatchObject({
    statusCode: 404,
    code: 'ROUTE_NOT_FOUND',
    message: expect.not.stringContaining('secret'),
  });
  const tooLarge = Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
  expect(toErrorPayload(tooLarge)).toMatchObject({ statusCode: 413, code: 'PAYLOAD_TOO_LARGE' });
});

it.each([
  [new RateLimitedError(42_000), 42_000],
  [new RateLimitedError(0), 1],
  [new RateLimitedError(1_000.4), 1_001],
  [new UnavailableError([], undefined, 7_000), 7_000],
  [new UnavailableError(), 1_000],
])('tells with %s when to come back', (error, milliseconds) => {
  expect(toErrorPayload(error).retryAfterMs).toBe(milliseconds);
});

it('says of what may have been done all the same that its outcome is unknown, and of nothing else', () => {
  expect(toErrorPayload(new UnavailableError([], 'unknown'))).toMatchObject({ outcome: 'unknown' });
  expect(toErrorPayload(new UnavailableError())).not.toHaveProperty('outcome');
});
