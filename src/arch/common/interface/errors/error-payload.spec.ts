import { NotFoundException, InternalServerErrorException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Conflict, TooManyRequests } from '../../domain/errors/kinds.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import { toErrorPayload } from './error-payload.js';

class Full extends Conflict {
  readonly code = 'FULL';
}

class Busy extends TooManyRequests {
  readonly code = 'BUSY';
  readonly retryAfterMs = 59_999.5;
}

it('an error has the status of its kind, and its own code and message', () => {
  const details = [{ path: 'here', message: 'is wrong' }];
  expect(toErrorPayload(new Full('It is full.', details))).toEqual({
    statusCode: 409,
    code: 'FULL',
    message: 'It is full.',
    details,
  });
});

describe('an unexpected failure is answered without details', () => {
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

it("Nest's and Fastify's own refusals are converted to our errors", () => {
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
  [new Busy('Later.'), 60_000],
  [new UnavailableError([], undefined, 7_000), 7_000],
  [new UnavailableError(), 1_000],
])('reports with %s when to retry', (error, milliseconds) => {
  expect(toErrorPayload(error).retryAfterMs).toBe(milliseconds);
});

it('reports an unknown outcome for what may have been done all the same, and only for that', () => {
  expect(toErrorPayload(new UnavailableError([], 'unknown'))).toMatchObject({ outcome: 'unknown' });
  expect(toErrorPayload(new UnavailableError())).not.toHaveProperty('outcome');
});
