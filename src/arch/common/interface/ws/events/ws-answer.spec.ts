import { describe, expect, it } from 'vitest';
import { ClientMessageIdReusedError } from '../../../../modules/chat/domain/errors/client-message-id-reused.error.js';
import { MethodNotAllowedError } from '../../../domain/errors/method-not-allowed.error.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { answerError } from './ws-answer.js';

/** The answers that a client gets when an event with this payload fails. */
function answersTo(error: unknown, payload: unknown = {}) {
  const emitted: unknown[][] = [];
  const acks: unknown[] = [];
  const socket = { emit: (...args: unknown[]) => emitted.push(args) } as unknown as AuthenticatedSocket;
  const ack = (answer: object) => void acks.push(answer);
  answerError(socket, { name: 'send_message', payload, ack }, error);
  return { emitted, acks };
}

it('answers by acknowledgement and by `error`', () => {
  const error = new ClientMessageIdReusedError();
  const failure = { code: 'CLIENT_MESSAGE_ID_REUSED', message: error.message, statusCode: 409 };
  expect(answersTo(error, { clientMessageId: 'my-1', content: 'unheard' })).toEqual({
    emitted: [['error', { ...failure, event: 'send_message', clientMessageId: 'my-1' }]],
    acks: [{ ok: false, error: failure }],
  });
});

const details = [{ path: 'content', message: 'must not be blank' }];

it.each([
  ['details', new ValidationFailedError(details), { code: 'VALIDATION_FAILED', statusCode: 400, details }],
  ['how long to wait', new RateLimitedError(1_000), { code: 'RATE_LIMITED', retryAfterMs: 1_000 }],
])('reports %s in both', (_, error, fields) => {
  const failure = expect.objectContaining(fields);
  expect(answersTo(error)).toEqual({ emitted: [['error', failure]], acks: [{ ok: false, error: failure }] });
});

it('reports in both that the outcome is unknown, and only then', () => {
  const unknown = answersTo(new UnavailableError([], 'unknown'));
  const failure = expect.objectContaining({ code: 'UNAVAILABLE', outcome: 'unknown' });
  expect(unknown).toEqual({ emitted: [['error', failure]], acks: [{ ok: false, error: failure }] });
  expect(JSON.stringify(answersTo(new UnavailableError()))).not.toContain('outcome');
});

it('carries no field of an error that its schema does not know', () => {
  const { emitted, acks } = answersTo(new MethodNotAllowedError(['GET']));
  const failure = { code: 'METHOD_NOT_ALLOWED', statusCode: 405, message: expect.any(String) };
  expect(acks).toEqual([{ ok: false, error: failure }]);
  expect(emitted).toEqual([['error', { ...failure, event: 'send_message' }]]);
});

it('gives no details of an unexpected failure', () => {
  const answers = answersTo(new Error('secret'), { content: 'secret' });
  expect(answers.acks).toEqual([
    { ok: false, error: { code: 'INTERNAL', statusCode: 500, message: expect.any(String) } },
  ]);
  expect(JSON.stringify(answers)).not.toContain('secret');
});

describe('does not send back as clientMessageId', () => {
  it.each([
    undefined,
    null,
    7,
    'my-1',
    ['my-1'],
    {},
    { clientMessageId: 7 },
    { clientMessageId: null },
    { clientMessageId: '' },
    { clientMessageId: 'a b' },
    { clientMessageId: 'a\n' },
    { clientMessageId: 'x'.repeat(65) },
    { clientMessageId: ['my-1'] },
  ])('what is in %j', (payload) => {
    const [[, body] = []] = answersTo(new RateLimitedError(1_000), payload).emitted;
    expect(body).toMatchObject({ code: 'RATE_LIMITED', event: 'send_message' });
    expect(body).not.toHaveProperty('clientMessageId');
  });
});
