import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECURITY_EVENTS } from '../../../src/arch/common/infrastructure/security/security-events.js';
import { upload } from '../../fakes/avatar-client.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

const PASSWORD = 'correct horse battery';
const NEXT = 'staple battery horse';
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ SECURITY_LOG_ADDRESSES: 'truncated', THROTTLE_UPLOAD_LIMIT: '1' });
});

afterAll(() => server.stop());

const logIn = (email: string, password: string) =>
  server.call('POST', '/auth/login', { body: { email, password } });
const refresh = (refreshToken: string) => server.call('POST', '/auth/refresh', { body: { refreshToken } });
const linesOf = (event: string) => server.securityLog.filter((line) => line['event'] === event);
const lineOf = (event: string) => linesOf(event).at(-1);

/** Creates an account, and returns the lines of the log about it. */
async function newcomer(): Promise<{ user: TestUser; account: unknown }> {
  const user = await server.signUp();
  return { user, account: lineOf('auth.login.ok')?.['account'] };
}

const CONFIRMATIONS = [
  ['POST', '/auth/change-password', { currentPassword: 'a wrong guess', newPassword: NEXT }],
  ['DELETE', '/users/me', { password: 'a wrong guess' }],
] as const;

// This test runs first, because five lines a minute are written of each event for an address.
it.each(CONFIRMATIONS)('knows wrong passwords of %s %s like those of a login', async (method, path, body) => {
  const { user } = await newcomer();
  const login = lineOf('auth.login.ok')?.['login'];
  expect((await server.call(method, path, { token: user.token, body })).status).toBe(401);
  expect(lineOf('auth.login.failed')).toMatchObject({ login, action: `${method} ${path}` });
});

it('knows logins that succeed, fail and have to wait, all under one hash of the address', async () => {
  const { user, account } = await newcomer();
  await logIn(user.email.toUpperCase(), PASSWORD);
  const ok = lineOf('auth.login.ok');
  expect(ok).toMatchObject({ account, action: 'POST /auth/login', address: '127.0.0.0/24' });
  expect(ok).toMatchObject({ requestId: expect.any(String), userAgent: expect.any(String) });
  let status = 0;
  for (let i = 0; i < 20 && status !== 429; i += 1) status = (await logIn(user.email, NEXT)).status;
  expect(lineOf('auth.login.failed')).toMatchObject({ login: ok?.['login'] });
  expect(lineOf('auth.login.throttled')).toMatchObject({ login: ok?.['login'] });
});

it.each(CONFIRMATIONS)('knows when %s %s has to wait', async (method, path, body) => {
  const { user } = await newcomer();
  const login = lineOf('auth.login.ok')?.['login'];
  let status = 0;
  for (let i = 0; i < 20 && status !== 429; i += 1)
    ({ status } = await server.call(method, path, { token: user.token, body }));
  expect(lineOf('auth.login.throttled')).toMatchObject({ login, action: `${method} ${path}` });
});

it('knows a refresh token that came twice, and how its session ended', async () => {
  const { user, account } = await newcomer();
  const { body: first } = await logIn(user.email, PASSWORD);
  const { body: second } = await refresh(first.refreshToken);
  await refresh(second.refreshToken);
  expect((await refresh(first.refreshToken)).body.code).toBe('REFRESH_TOKEN_REUSED');
  const sessionId = lineOf('auth.refresh.reused')?.['sessionId'];
  expect(sessionId).toEqual(expect.any(String));
  expect(lineOf('auth.refresh.reused')).toMatchObject({ account });
  expect(lineOf('session.ended')).toMatchObject({ account, sessionId, reason: 'refresh_reused' });
});

it('knows a changed password, and each session that ended with it', async () => {
  const { user, account } = await newcomer();
  await logIn(user.email, PASSWORD);
  const body = { currentPassword: PASSWORD, newPassword: NEXT };
  const { status } = await server.call('POST', '/auth/change-password', { token: user.token, body });
  expect(status).toBe(204);
  expect(lineOf('auth.password.changed')).toMatchObject({ account });
  const ended = linesOf('session.ended').filter((line) => line['account'] === account);
  expect(ended.map(({ reason }) => reason)).toEqual(['password_changed', 'password_changed']);
});

it.each([
  ['logout', (user: TestUser) => server.call('POST', '/auth/logout', { token: user.token })],
  [
    'ended_by_user',
    async ({ email, token }: TestUser) => {
      await logIn(email, PASSWORD);
      const { body } = await server.call('GET', '/auth/sessions', { token });
      const other = body.data.find((session) => !session.current);
      return server.call('DELETE', `/auth/sessions/${other?.id}`, { token });
    },
  ],
  [
    'account_deleted',
    ({ token }: TestUser) => server.call('DELETE', '/users/me', { token, body: { password: PASSWORD } }),
  ],
])('knows a session that ended by %s', async (reason, end) => {
  const { user, account } = await newcomer();
  expect((await end(user)).status).toBe(204);
  expect(lineOf('session.ended')).toMatchObject({ account, reason, sessionId: expect.any(String) });
});

it('knows a refused handshake', async () => {
  await expect(TestSocket.connect(server.url, 'not a token at all')).rejects.toThrow('Unauthorized');
  expect(lineOf('ws.refused')).toMatchObject({
    code: 'TOKEN_INVALID',
    address: '127.0.0.0/24',
    requestId: expect.any(String),
  });
});

it('records denied accounts and actions, over HTTP and over the socket', async () => {
  const owner = await server.signUp();
  const { user, account } = await newcomer();
  const conversationId = await server.createConversation(owner);
  await server.call('GET', `/chat/conversations/${conversationId}`, { token: user.token });
  expect(lineOf('authz.denied')).toMatchObject({
    account,
    code: 'NOT_CONVERSATION_MEMBER',
    action: 'GET /chat/conversations/:id',
    sessionId: expect.any(String),
  });
  const socket = await TestSocket.connect(server.url, user.token);
  const send = { conversationId, content: 'What nobody may read in a log.' };
  expect((await socket.emit('send_message', send)).ok).toBe(false);
  expect((await socket.emit('typing', { conversationId, isTyping: true })).error?.code).toBe(
    'ROOM_NOT_JOINED',
  );
  socket.close();
  expect(lineOf('authz.denied')).toMatchObject({
    account,
    action: 'send_message',
    address: '127.0.0.0/24',
  });
});

it('knows which limit was hit', async () => {
  const { user, account } = await newcomer();
  await upload(server, user, new FormData());
  expect((await upload(server, user, new FormData())).status).toBe(429);
  expect(lineOf('limit.hit')).toMatchObject({ account, action: 'POST /users/me/avatar' });
});

it('has by now written every event of the union, and neither addresses nor passwords nor contents', () => {
  const lines = server.securityLog;
  expect(new Set(lines.map(({ event }) => event))).toEqual(new Set(Object.keys(SECURITY_EVENTS)));
  const text = JSON.stringify(lines);
  for (const secret of ['test.example', '@', '127.0.0.1', PASSWORD, NEXT, 'nobody may read', 'eyJ']) {
    expect(text).not.toContain(secret);
  }
});
