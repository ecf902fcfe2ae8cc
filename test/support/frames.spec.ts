import { afterEach, describe, expect, it } from 'vitest';
import { checkEmitted, checkRefused, checkSent, refuseStrangeFrames } from './frames.js';

const conversationId = crypto.randomUUID();
const done = { ok: true, data: { conversationId, lastSeq: 0, rev: 0, epoch: '0' } };
const failure = { statusCode: 404, code: 'CONVERSATION_NOT_FOUND', message: 'There is none.' };
const refusal = { message: 'Unauthorized', data: { code: 'TOKEN_INVALID', message: 'It is not valid.' } };

// Removes the frames that a failed test has left.
afterEach(() => {
  try {
    refuseStrangeFrames();
  } catch {}
});

it('frames as docs/asyncapi.json describes them are accepted', () => {
  checkSent('join_room', { conversationId }, done);
  checkSent('join_room', {}, { ok: false, error: failure });
  checkSent('join_all', undefined, { ok: true, data: { conversations: [], truncated: false, epoch: '0' } });
  checkEmitted('message_read', { conversationId, userId: crypto.randomUUID(), lastReadSeq: 1 });
  checkEmitted('error', { ...failure, event: 'join_room' });
  checkRefused(refusal);
  expect(refuseStrangeFrames).not.toThrow();
});

it('an event that only a test emits is not checked', () => {
  checkEmitted('planted', { anything: true });
  checkSent('planted', undefined, { ok: true, data: 1 });
  expect(refuseStrangeFrames).not.toThrow();
});

describe('a frame fails the file of the test', () => {
  it.each<[string, () => void]>([
    ['a field is missing', () => checkEmitted('message_read', { conversationId, lastReadSeq: 1 })],
    [
      'a field has another type',
      () => checkEmitted('message_read', { conversationId, userId: crypto.randomUUID(), lastReadSeq: '1' }),
    ],
    [
      'a field has another format',
      () => checkEmitted('message_read', { conversationId, userId: 'ada', lastReadSeq: 1 }),
    ],
    ['a time is not valid', () => checkEmitted('token_expiring', { expiresAt: 'soon' })],
    [
      'a field is not named',
      () => checkEmitted('token_expiring', { expiresAt: new Date().toISOString(), secret: 1 }),
    ],
    [
      'a field of a nested object is not named',
      () => checkSent('join_room', { conversationId }, { ...done, data: { ...done.data, secret: 1 } }),
    ],
    ['an accepted event is not described', () => checkSent('join_room', { conversationId: 'x' }, done)],
    ['an accepted event has no payload', () => checkSent('join_room', undefined, done)],
    [
      'the data of an acknowledgement is missing',
      () => checkSent('join_room', { conversationId }, { ok: true }),
    ],
    [
      'a code is unknown',
      () => checkSent('join_room', {}, { ok: false, error: { ...failure, code: 'PLANTED' } }),
    ],
    ['the event of a failure is missing', () => checkEmitted('error', failure)],
    ['a refusal has no data', () => checkRefused({ message: 'Unauthorized' })],
    [
      'a handshake is not refused with a code',
      () => checkRefused({ ...refusal, data: { ...refusal.data, code: 'CONVERSATION_NOT_FOUND' } }),
    ],
  ])('when %s', (_, check) => {
    check();
    expect(refuseStrangeFrames).toThrow('docs/asyncapi.json');
    expect(refuseStrangeFrames, 'once').not.toThrow();
  });

  it('when docs/realtime.md does not explain its code', () => {
    checkSent('join_room', {}, { ok: false, error: { ...failure, code: 'EMAIL_ALREADY_USED' } });
    expect(refuseStrangeFrames).toThrow('docs/realtime.md does not explain EMAIL_ALREADY_USED');
  });
});
