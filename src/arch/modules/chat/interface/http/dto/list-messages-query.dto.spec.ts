import { describe, expect, it } from 'vitest';
import { ListMessageWindowQuery } from '../../../application/queries/list-message-window.query.js';
import { ListMessagesQuery } from '../../../application/queries/list-messages.query.js';
import { listMessagesQuerySchema, toListMessagesQuery } from './list-messages-query.dto.js';

const queryOf = (parameters: Record<string, string>) =>
  toListMessagesQuery('c1', 'u1', listMessagesQuerySchema.parse(parameters));

it.each([
  [{}, new ListMessagesQuery('c1', 'u1', 1, 20)],
  [{ page: '3', limit: '100' }, new ListMessagesQuery('c1', 'u1', 3, 100)],
  [{ before: '7' }, new ListMessageWindowQuery('c1', 'u1', { kind: 'before', seq: 7 }, 20)],
  [{ after: '0', limit: '1' }, new ListMessageWindowQuery('c1', 'u1', { kind: 'after', seq: 0 }, 1)],
  [{ around: '9' }, new ListMessageWindowQuery('c1', 'u1', { kind: 'around', seq: 9 }, 20)],
  [{ around: '9', events: 'false' }, new ListMessageWindowQuery('c1', 'u1', { kind: 'around', seq: 9 }, 20)],
  [
    { around: '9', events: 'true' },
    new ListMessageWindowQuery('c1', 'u1', { kind: 'around', seq: 9 }, 20, true),
  ],
])('%j makes the expected query', (parameters, query) => {
  expect(queryOf(parameters)).toStrictEqual(query);
});

describe('refuses', () => {
  const values = { page: '1', before: '2', after: '3', around: '4' };
  const names = ['page', 'before', 'after', 'around'] as const;
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((two) => [one, two] as const));

  it.each(pairs)('%s together with %s', (one, two) => {
    const parameters = { [one]: values[one], [two]: values[two] };
    expect(listMessagesQuerySchema.safeParse(parameters).success).toBe(false);
  });

  it.each([
    { page: '0' },
    { page: '-1' },
    { page: 'x' },
    { page: '' },
    { page: ['1', '2'] },
    { before: '-1' },
    { after: '1.5' },
    { around: '9007199254740992' },
    { limit: '0' },
    { limit: '101' },
    { offset: '1' },
    { events: 'true' },
    { page: '1', events: 'true' },
    { around: '1', events: '1' },
  ])('%j', (parameters) => {
    expect(listMessagesQuerySchema.safeParse(parameters).success).toBe(false);
  });
});
