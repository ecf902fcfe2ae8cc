import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let ada: TestUser;
let conversationId: string;

beforeAll(async () => {
  server = await TestServer.start({ QUOTA_MESSAGES_DAY: '3', QUOTA_BYTES_DAY: '1000' });
});
afterAll(() => server.stop());

async function start(): Promise<TestSocket> {
  ada = await server.signUp();
  conversationId = await server.createConversation(ada);
  return TestSocket.connect(server.url, ada.token);
}

const overHttp = (content: string) =>
  server.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token: ada.token,
    body: { content },
  });

it('a user’s messages of a day are one count over HTTP and sockets, and the refusal says how long it lasts', async () => {
  const socket = await start();
  const send = () => socket.emit('send_message', { conversationId, content: 'Hello!' });
  expect((await send()).ok).toBe(true);
  expect((await overHttp('Hello!')).status).toBe(201);
  expect((await send()).ok).toBe(true);
  const { error } = await send();
  expect(error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429, retryAfterMs: expect.any(Number) });
  expect(error?.retryAfterMs).toBeGreaterThan(86_000_000);
  const refused = await overHttp('Hello!');
  expect([refused.status, refused.body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
  expect((await server.call('GET', '/chat/conversations', { token: ada.token })).status).toBe(200);
  const path = `/chat/conversations/${conversationId}/messages`;
  const { body } = await server.call('GET', path, { token: ada.token });
  expect(body.total).toBe(3);
  socket.close();
});

it('bytes count as well, as UTF-8 has them', async () => {
  const socket = await start();
  expect((await overHttp('👩'.repeat(240))).status).toBe(201);
  expect((await overHttp('👩'.repeat(11))).status).toBe(429);
  const { ok } = await socket.emit('send_message', { conversationId, content: '👩'.repeat(10) });
  expect(ok).toBe(true);
  socket.close();
});
