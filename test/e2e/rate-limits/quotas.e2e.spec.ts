import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';

let ada: TestUser;
let conversationId: string;

const it = apiTest
  .extend('variables', PER_FILE, { QUOTA_MESSAGES_DAY: '3', QUOTA_BYTES_DAY: '1000' })
  .extend('steps', ({ server, connect }) => {
    async function start(): Promise<TestSocket> {
      ada = await server.signUp();
      conversationId = await server.createConversation(ada);
      return connect(ada);
    }
    const overHttp = (content: string) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: ada.token,
        body: { content },
      });

    return { start, overHttp };
  });

it('a user’s messages of a day are one count over HTTP and sockets, and the refusal has Retry-After', async ({
  steps,
  server,
}) => {
  const socket = await steps.start();
  const send = () => socket.emit('send_message', { conversationId, content: 'Hello!' });
  expect((await send()).ok).toBe(true);
  expect((await steps.overHttp('Hello!')).status).toBe(201);
  expect((await send()).ok).toBe(true);
  const { error } = await send();
  expect(error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429, retryAfterMs: expect.any(Number) });
  expect(error?.retryAfterMs).toBeGreaterThan(86_000_000);
  const refused = await steps.overHttp('Hello!');
  expect([refused.status, refused.body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
  expect((await server.call('GET', '/chat/conversations', { token: ada.token })).status).toBe(200);
  const path = `/chat/conversations/${conversationId}/messages`;
  const { body } = await server.call('GET', path, { token: ada.token });
  expect(body.total).toBe(3);
  socket.close();
});

it('bytes count as well, as UTF-8 has them', async ({ steps }) => {
  const socket = await steps.start();
  expect((await steps.overHttp('👩'.repeat(240))).status).toBe(201);
  expect((await steps.overHttp('👩'.repeat(11))).status).toBe(429);
  const { ok } = await socket.emit('send_message', { conversationId, content: '👩'.repeat(10) });
  expect(ok).toBe(true);
  socket.close();
});
