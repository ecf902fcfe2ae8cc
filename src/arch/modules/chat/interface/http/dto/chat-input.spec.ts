import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { sendMessageEventSchema } from '../../ws/dto/client-events.js';
import { addMemberSchema } from './add-member.dto.js';
import { createConversationSchema } from './create-conversation.dto.js';
import { listConversationsQuerySchema } from './list-conversations-query.dto.js';
import { sendMessageSchema } from './send-message.dto.js';

const ID = '0199d0a2-6c1e-7000-8000-0000000000c1';
const ids = (count: number) => Array.from({ length: count }, () => ID);

const cases: { name: string; schema: ZodType; good: unknown[]; bad: unknown[] }[] = [
  {
    name: 'createConversation',
    schema: createConversationSchema,
    good: [
      { memberIds: [] },
      { memberIds: ids(100) },
      { memberIds: [ID], title: '👩'.repeat(255) },
      { memberIds: [], title: ' שלום 👩‍🚀\ufe0f ' },
    ],
    bad: [
      {},
      { memberIds: null },
      { memberIds: ID },
      { memberIds: ids(101) },
      { memberIds: ['x'] },
      { memberIds: [null] },
      { memberIds: [], title: '' },
      { memberIds: [], title: null },
      { memberIds: [], title: 'x'.repeat(256) },
      { memberIds: [], title: 'a\0' },
      { memberIds: [], title: ' ' },
      { memberIds: [], title: 'a\nb' },
      { memberIds: [], title: 'a\u202eb' },
      { memberIds: [], createdBy: ID },
    ],
  },
  {
    name: 'addMember',
    schema: addMemberSchema,
    good: [{ userId: ID }],
    bad: [{}, { userId: 'x' }, { userId: [ID] }, { userId: ID, role: 'owner' }],
  },
  {
    name: 'sendMessage',
    schema: sendMessageSchema,
    good: [
      { content: ' a ' },
      { content: '👩'.repeat(4_000), clientMessageId: 'a_B-9'.repeat(12) },
      { content: 'a', replyToId: ID.toUpperCase(), mentions: [], mentionsAll: false, metadata: {} },
      { content: 'a', mentions: ids(50), mentionsAll: true, metadata: { constructor: [{ toString: null }] } },
    ],
    bad: [
      {},
      { content: null },
      { content: '' },
      { content: ' \n' },
      { content: '\u200b\u2060' },
      { content: 'x'.repeat(4_001) },
      { content: '\ud83d' },
      { content: ['a'] },
      { content: 'a', clientMessageId: '' },
      { content: 'a', clientMessageId: 'x'.repeat(65) },
      { content: 'a', clientMessageId: 'a b' },
      { content: 'a', clientMessageId: null },
      { content: 'a', replyToId: 'x' },
      { content: 'a', replyToId: null },
      { content: 'a', replyToId: ['__proto__'] },
      { content: 'a', mentions: ID },
      { content: 'a', mentions: ids(51) },
      { content: 'a', mentions: ['constructor'] },
      { content: 'a', mentions: [null] },
      { content: 'a', mentions: { length: 1 } },
      { content: 'a', mentionsAll: 'true' },
      { content: 'a', mentionsAll: null },
      { content: 'a', metadata: [] },
      { content: 'a', metadata: null },
      { content: 'a', metadata: 'x' },
      { content: 'a', metadata: { a: 'x'.repeat(4_096) } },
      { content: 'a', metadata: { 'a\0': 1 } },
      { content: 'a', replyTo: { id: ID } },
      { content: 'a', replyToSeq: 1 },
      { content: 'a', senderId: ID },
      { content: 'a', conversationId: ID },
    ],
  },
  {
    name: 'send_message',
    schema: sendMessageEventSchema,
    good: [{ conversationId: ID, content: 'a' }],
    bad: [
      { content: 'a' },
      { conversationId: ID },
      { conversationId: 'x', content: 'a' },
      { conversationId: ID, content: 'a', senderId: ID },
    ],
  },
  {
    name: 'listConversations',
    schema: listConversationsQuerySchema,
    good: [{}, { limit: '100', cursor: 'x' }],
    bad: [{ limit: '101' }, { cursor: '' }, { cursor: 'x'.repeat(201) }, { cursor: ['x'] }, { page: '1' }],
  },
];

describe.each(cases)('$name', ({ schema, good, bad }) => {
  it.each(good)('takes %j', (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  it.each([...bad, null, undefined, 7, 'text', [], [{}]])('refuses %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

it('ids are read in either case, and content is kept exactly', () => {
  expect(addMemberSchema.parse({ userId: ID.toUpperCase() })).toEqual({ userId: ID, history: 'all' });
  expect(sendMessageSchema.parse({ content: ' e\u0301 ' })).toEqual({ content: ' e\u0301 ' });
});
