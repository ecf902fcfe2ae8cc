import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal } from '../http/support.js';
import { signToken } from '../ws/sign-token.js';
import { disconnection, type Login, refresh, signUp, toLogin } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  tokenUntil: (login: Login, exp: number, claims = {}) =>
    signToken(server, login, { claims: { exp, ...claims } }),
}));

const expiresAt = (seconds: number) => new Date(seconds * 1_000).toISOString();
const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1_000) + seconds;

it.concurrent.for(['websocket', 'polling'])(
  'over %s the connection is closed when the token is over',
  async (transport, { steps, server, connect }) => {
    const exp = inSeconds(2);
    const token = await steps.tokenUntil(await signUp(server), exp);
    const socket = await connect({ token }, { transports: [transport] });
    expect(await socket.waitFor('token_expiring', 1)).toEqual([{ expiresAt: expiresAt(exp) }]);
    expect(Date.now()).toBeLessThan(exp * 1_000);
    expect(await disconnection(socket)).toBe('transport close');
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
    expect(Date.now()).toBeLessThan(exp * 1_000 + 2_500);
    expect(socket.all('session_revoked')).toEqual([]);
    expect(socket.all('token_expiring')).toHaveLength(1);
  },
);

it.concurrent('emits token_expiring 60 s before the expiry, not earlier', async ({
  steps,
  server,
  connect,
}) => {
  const exp = inSeconds(61);
  const token = await steps.tokenUntil(await signUp(server), exp, { iat: exp - 900 });
  const socket = await connect({ token });
  await socket.settle();
  expect(socket.all('token_expiring')).toEqual([]);
  expect(await socket.waitFor('token_expiring', 1)).toEqual([{ expiresAt: expiresAt(exp) }]);
  const left = exp * 1_000 - Date.now();
  expect(left).toBeLessThanOrEqual(60_000);
  expect(left).toBeGreaterThan(57_000);
});

it.concurrent('never emits token_expiring immediately after authenticate', async ({
  steps,
  server,
  connect,
}) => {
  const login = await signUp(server);
  const socket = await connect(login);
  const exp = inSeconds(30);
  expect(
    (await socket.emit('authenticate', { token: await steps.tokenUntil(login, exp, { iat: exp - 61 }) })).ok,
  ).toBe(true);
  await socket.settle();
  expect(socket.all('token_expiring')).toEqual([]);
});

it.concurrent('the stock client reconnects by itself, with the token that it gets then', async ({
  steps,
  server,
}) => {
  const login = await signUp(server);
  const freshToken = () => steps.tokenUntil(login, inSeconds(2));
  const socket = await TestSocket.connect(server.url, '', {
    auth: (give) => void freshToken().then((token) => give({ token })),
    reconnection: true,
    reconnectionDelay: 10,
  });
  expect(await disconnection(socket)).toBe('transport close');
  const [before, after] = await socket.waitFor('ready', 2);
  expect(after).toMatchObject({ userId: login.id, sessionId: login.sid });
  expect(Date.parse(String(after?.['expiresAt']))).toBeGreaterThan(Date.parse(String(before?.['expiresAt'])));
  expect((await socket.emit('leave_room', { conversationId: login.id })).ok).toBe(true);
  socket.close();
});

it.concurrent('an expired token is refused as expired, also over HTTP, and the session is refreshed', async ({
  steps,
  server,
}) => {
  const login = await signUp(server);
  const over = await steps.tokenUntil(login, inSeconds(2));
  const socket = await TestSocket.connect(server.url, over);
  expect(await disconnection(socket)).toBe('transport close');
  const answer = await server.call('GET', '/users/me', { token: over });
  expect(refusal(answer)).toBe('401 TOKEN_EXPIRED');
  expect(answer.body.message).toContain('/auth/refresh');
  const { token } = toLogin(await refresh(server, login.refreshToken));
  expect((await server.call('GET', '/users/me', { token })).status).toBe(200);
});
