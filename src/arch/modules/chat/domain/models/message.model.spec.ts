import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { CLIENT_MESSAGE_ID } from '../../../../common/domain/client-message-id.js';
import { draftMessage, textAsSent } from './message.model.js';

const draft = (content: string, clientMessageId?: string) =>
  draftMessage({ conversationId: 'c1', senderId: 'u1', content, clientMessageId });

describe('content', () => {
  it.each([' a ', '\u200bx', '\u202ea\n', 'x'.repeat(4_000), '👩'.repeat(4_000)])(
    'is kept exactly as sent',
    (content) => {
      expect(draft(content).content).toBe(content);
    },
  );

  it.each([
    ['empty', ''],
    ['invisible', '\u200b\u2060\u0007'],
    ['not storable', 'a\0'],
    ['not Unicode', 'a\ud83d'],
    ['blank', ' \t\r\n\u00a0\u2003\ufeff'],
    ['too long', 'x'.repeat(4_001)],
    ['too long in code points', '👩'.repeat(4_001)],
  ])('that is %s is refused, and not quoted', (_, content) => {
    expect(() => draft(content)).toThrow(ValidationFailedError);
    expect(() => draft(content)).toThrow(
      expect.objectContaining({
        details: [{ path: 'content', message: expect.not.stringContaining('xxx') }],
      }),
    );
  });
});

describe('clientMessageId', () => {
  it.each([undefined, 'a', 'A-z_09', 'x'.repeat(64)])('may be %j', (id) => {
    expect(draft('Hello!', id).clientMessageId).toBe(id);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'é', 'a\n', '\na', 'a.b', 'a/b', '👩'])('may not be %j', (id) => {
    expect(CLIENT_MESSAGE_ID.test(id)).toBe(false);
    expect(() => draft('Hello!', id)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        details: [expect.objectContaining({ path: 'clientMessageId' })],
      }),
    );
  });
});

describe('what is sent besides the text', () => {
  const plain = { conversationId: 'c1', senderId: 'u1', content: 'Hello!' };

  it('is nothing where it says nothing', () => {
    expect(draftMessage({ ...plain, extras: { mentions: [] } }).extras).toBeUndefined();
  });

  it('is part of what is compared with a repeat, the text alone of a plain message', () => {
    expect(textAsSent(plain)).toBe('Hello!');
    const extras = draftMessage({ ...plain, extras: { mentionsAll: true, mentions: ['b'] } }).extras;
    expect(textAsSent({ ...plain, extras })).toBe('Hello!\0{"mentions":["b"],"mentionsAll":true}');
  });
});
