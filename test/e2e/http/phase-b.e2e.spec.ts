import { expect } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, request } from './support.js';

const token: Record<string, string> = {};
const userId: Record<string, string> = {};
let conversationId: string;

/** The seed's manual tests of phase B, in their order, with the headers that curl sends. */
const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  function curl(method: string, path: string, { as, body }: { as?: string; body?: string } = {}) {
    return request(server.url, path, {
      method,
      headers: {
        'user-agent': 'curl/8.7.1',
        accept: '*/*',
        ...(as === undefined ? {} : { authorization: `Bearer ${token[as]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }

  return { curl };
});

it.beforeAll(async ({ steps, server }) => {
  await seedDemoData(server.database.connection);
  for (const name of ['user1', 'user2', 'user3']) {
    const { body } = await steps.curl('POST', '/auth/login', {
      body: `{"email":"${name}@example.com","password":"Password123!"}`,
    });
    token[name] = body.accessToken;
    userId[name] = body.user.id;
  }
});

it('the demo data hold a conversation of user1 and user2 with five messages, also after a second time', async ({
  steps,
  server,
}) => {
  await seedDemoData(server.database.connection);
  const [one, two, three] = await Promise.all(
    ['user1', 'user2', 'user3'].map((as) => steps.curl('GET', '/chat/conversations', { as })),
  );
  expect(one?.body.data[0]).toMatchObject({ memberCount: 2, lastSeq: 5, rev: 5 });
  expect(two?.body.data[0].id).toBe(one?.body.data[0].id);
  expect(three?.body).toEqual({ data: [], nextCursor: null });
  const path = `/chat/conversations/${one?.body.data[0].id}/messages`;
  const { body } = await steps.curl('GET', path, { as: 'user2' });
  expect(body.total).toBe(5);
  expect(body.data.map(({ seq }: { seq: number }) => seq)).toEqual([5, 4, 3, 2, 1]);
  const senders = body.data.map(({ senderId }: { senderId: string }) => senderId);
  expect(new Set(senders)).toEqual(new Set([userId.user1, userId.user2]));
  expect(await server.database.query('select id from users')).toHaveLength(6);
});

it('creates a conversation', async ({ steps }) => {
  const { status, body } = await steps.curl('POST', '/chat/conversations', {
    as: 'user1',
    body: `{"title":"Discussion","memberIds":["${userId.user2}"]}`,
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ title: 'Discussion', createdBy: userId.user1, memberCount: 2 });
  conversationId = body.id;
});

it('lists my conversations', async ({ steps }) => {
  const { status, body } = await steps.curl('GET', '/chat/conversations', { as: 'user1' });
  expect(status).toBe(200);
  expect(body.data.map(({ id }: { id: string }) => id)).toContain(conversationId);
});

it('shows a conversation to its members', async ({ steps }) => {
  const path = `/chat/conversations/${conversationId}`;
  const { status, body } = await steps.curl('GET', path, { as: 'user1' });
  expect(status).toBe(200);
  expect(body.members).toHaveLength(2);
  expect(refusal(await steps.curl('GET', path, { as: 'user3' }))).toBe('403 NOT_CONVERSATION_MEMBER');
});

it('sends a message', async ({ steps }) => {
  const { status, body } = await steps.curl('POST', `/chat/conversations/${conversationId}/messages`, {
    as: 'user1',
    body: '{"content":"Hello depuis HTTP !"}',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ content: 'Hello depuis HTTP !', senderId: userId.user1, seq: 1 });
});

it('reads the messages', async ({ steps }) => {
  const path = `/chat/conversations/${conversationId}/messages?page=1&limit=20`;
  const { status, body } = await steps.curl('GET', path, { as: 'user1' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 1, page: 1, limit: 20 });
  expect(body.data.map(({ content }: { content: string }) => content)).toEqual(['Hello depuis HTTP !']);
});

it('refuses reading and sending to users who are not members', async ({ steps }) => {
  const path = `/chat/conversations/${conversationId}/messages`;
  expect(refusal(await steps.curl('GET', path, { as: 'user3' }))).toBe('403 NOT_CONVERSATION_MEMBER');
  const sent = await steps.curl('POST', path, { as: 'user3', body: '{"content":"Let me in"}' });
  expect(refusal(sent)).toBe('403 NOT_CONVERSATION_MEMBER');
});

it('adds a member, who then reads the earlier messages', async ({ steps }) => {
  const { status, body } = await steps.curl('POST', `/chat/conversations/${conversationId}/members`, {
    as: 'user1',
    body: `{"userId":"${userId.user3}"}`,
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ userId: userId.user3, role: 'member' });
  const page = await steps.curl('GET', `/chat/conversations/${conversationId}/messages`, { as: 'user3' });
  expect([page.status, page.body.total]).toEqual([200, 1]);
});

it('needs a token on every chat route', async ({ steps }) => {
  const path = `/chat/conversations/${conversationId}`;
  const answers = await Promise.all([
    steps.curl('POST', '/chat/conversations', { body: '{"memberIds":[]}' }),
    steps.curl('GET', '/chat/conversations'),
    steps.curl('GET', path),
    steps.curl('POST', `${path}/members`, { body: `{"userId":"${userId.user3}"}` }),
    steps.curl('GET', `${path}/messages`),
    steps.curl('POST', `${path}/messages`, { body: '{"content":"x"}' }),
  ]);
  expect(answers.map(refusal)).toEqual(answers.map(() => '401 TOKEN_MISSING'));
});
