import { expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { draftExtras, type MessageExtras } from './message-extras.model.js';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `user ${index}`);

it.each<MessageExtras>([
  {},
  { replyToId: undefined, mentions: undefined, mentionsAll: undefined, metadata: undefined },
  { mentions: [], mentionsAll: false, metadata: {} },
])('what says nothing is a plain message: %j', (extras) => {
  expect(draftExtras(extras)).toBeUndefined();
});

it('only what says something is kept, and each mention once', () => {
  const mentions = ['b', 'a', 'b', 'constructor', 'a'];
  expect(draftExtras({ mentions, mentionsAll: false, metadata: {} })).toEqual({
    mentions: ['b', 'a', 'constructor'],
  });
  const metadata = { constructor: 1 };
  expect(draftExtras({ replyToId: 'm', mentionsAll: true, metadata })).toEqual({
    replyToId: 'm',
    mentionsAll: true,
    metadata,
  });
});

it('50 mentions are taken, and 51 refused, also of one user', () => {
  expect(draftExtras({ mentions: ids(50) })?.mentions).toHaveLength(50);
  for (const mentions of [ids(51), Array<string>(51).fill('same')])
    expect(() => draftExtras({ mentions })).toThrow(ValidationFailedError);
});

it('metadata follows the rules for metadata', () => {
  const refusal = expect.objectContaining({
    details: [{ path: 'metadata', message: 'must be at most 4096 bytes as JSON' }],
  });
  expect(() => draftExtras({ metadata: { a: 'x'.repeat(4_096) } })).toThrow(refusal);
});
