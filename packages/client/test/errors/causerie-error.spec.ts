import { expect, it } from 'vitest';
import { CauserieError, isCauserieError } from '../../src/errors/causerie-error.ts';
import { errorOfAnswer } from '../../src/errors/error-of.ts';
import { outcomeOf } from '../../src/errors/outcome-of.ts';
import { answerOf, refusal } from '../support/fake-transport.ts';

it('an error of another copy of the package is one, too', async () => {
  const specifier = '../../src/errors/causerie-error.ts?copy';
  const copy = (await import(/* @vite-ignore */ specifier)) as { CauserieError: typeof CauserieError };
  const error = new copy.CauserieError('TIMEOUT');
  expect(error).not.toBeInstanceOf(CauserieError);
  expect(isCauserieError(error)).toBe(true);
  expect(isCauserieError(error, 'NETWORK', 'TIMEOUT')).toBe(true);
  expect(isCauserieError(error, 'NETWORK')).toBe(false);
});

it.each([undefined, null, 'NETWORK', {}, new Error('NETWORK'), { code: 'NETWORK' }])(
  '%o is none',
  (value) => {
    expect(isCauserieError(value)).toBe(false);
  },
);

it('has what the server says', () => {
  const details = [{ path: 'title', message: 'too long' }];
  const answer = refusal(429, 'RATE_LIMITED', { details });
  const error = errorOfAnswer({ ...answer, header: (name) => (name === 'retry-after' ? '7' : null) });
  expect(error).toMatchObject({
    name: 'CauserieError',
    code: 'RATE_LIMITED',
    status: 429,
    requestId: 'request-1',
    retryAfterMs: 7_000,
    details,
    retryable: true,
  });
});

it.each([
  [502, 'UNAVAILABLE'],
  [429, 'RATE_LIMITED'],
  [418, 'PROTOCOL'],
])('an answer %i of a proxy has the code %s', (status, code) => {
  expect(errorOfAnswer(answerOf(status, null)).code).toBe(code);
});

it.each([
  ['NETWORK', 'wait'],
  ['TIMEOUT', 'wait'],
  ['RATE_LIMITED', 'wait'],
  ['UNAVAILABLE', 'wait'],
  ['SHUTTING_DOWN', 'wait'],
  ['INTERNAL', 'wait'],
  ['TOKEN_EXPIRED', 'refresh'],
  ['SESSION_REVOKED', 'sign-out'],
  ['REFRESH_TOKEN_REUSED', 'sign-out'],
  ['VALIDATION_FAILED', 'failed'],
  ['CLOSED', 'wait'],
] as const)('after %s: %s', (code, outcome) => {
  expect(outcomeOf(new CauserieError(code))).toBe(outcome);
});

it('an internal error is repeated twice', () => {
  expect([1, 2, 3].map((attempts) => outcomeOf(new CauserieError('INTERNAL'), attempts))).toEqual([
    'wait',
    'wait',
    'failed',
  ]);
});
