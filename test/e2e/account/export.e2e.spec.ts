import { expect } from 'vitest';
import { ChatDataPort } from '../../../src/arch/modules/chat/application/ports/chat-data.port.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';

const it = apiTest
  .extend('ada', ({ server }) => server.signUp())
  .extend('bob', ({ server }) => server.signUp())
  .extend('conversationId', ({ server, ada, bob }) => server.createConversation(ada, [bob]))
  .extend('steps', PER_FILE, ({ server }) => ({
    export: async ({ id }: TestUser, kind: string) => {
      const found: object[] = [];
      const records = server.app.get<ChatDataPort>(ChatDataPort, { strict: false }).export(id);
      for await (const record of records) if (record.kind === kind) found.push(record.data);
      return found;
    },
  }));

it('contains all of the own messages, what they said before, and nothing that others have said', async ({
  server,
  steps,
  conversationId,
  ada,
  bob,
}) => {
  const path = `/chat/conversations/${conversationId}/messages`;
  const call = (method: string, to: string, { token }: TestUser, body?: object) =>
    server.call(method, encodeURI(`${path}${to}`), { token, body });
  const { body: first } = await call('POST', '', ada, { content: 'Is anybody there?' });
  const { body: sent } = await call('POST', '', bob, {
    content: 'Me.',
    replyToId: first.id,
    mentions: [ada.id],
    metadata: { mood: { happy: true } },
  });
  const edit = await call('PATCH', `/${sent.id}`, bob, { content: 'I am.', metadata: { mood: null } });
  expect(edit.status).toBe(200);
  await call('PUT', `/${sent.id}/reactions/👍`, ada);
  await call('PUT', `/${sent.id}/pin`, ada);
  const details = {
    id: sent.id,
    content: 'I am.',
    editedAt: expect.any(String),
    replyToSeq: 1,
    mentions: [ada.id],
    mentionsAll: null,
    metadata: { mood: null },
    reactions: [{ emoji: '👍', count: 1 }],
    pinnedAt: expect.any(String),
  };
  expect(await steps.export(bob, 'message')).toMatchObject([details]);
  const before = { content: 'Me.', metadata: { mood: { happy: true } }, validUntil: expect.any(String) };
  expect(await steps.export(bob, 'message_version')).toEqual([{ messageId: sent.id, version: 1, ...before }]);
  expect(await steps.export(ada, 'message')).toMatchObject([
    { id: first.id, replyToSeq: null, mentions: null, metadata: null, reactions: null, pinnedAt: null },
  ]);
  expect(await steps.export(ada, 'message_version')).toEqual([]);
});

it('contains nothing of what a deleted message said', async ({ server, steps, conversationId, bob }) => {
  const path = `/chat/conversations/${conversationId}/messages`;
  const { token } = bob;
  const { body: sent } = await server.call('POST', path, { token, body: { content: 'Never mind.' } });
  const message = `${path}/${sent.id}`;
  await server.call('PATCH', message, { token, body: { content: 'Forget it.' } });
  await server.call('DELETE', message, { token });
  expect(await steps.export(bob, 'message')).toMatchObject([
    { id: sent.id, content: '', deletedAt: expect.any(String) },
  ]);
  expect(await steps.export(bob, 'message_version')).toEqual([]);
});
