import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { signToken, signWithout } from '../ws/sign-token.js';
import { disconnection, type Login, logIn, refresh, signUp, toLogin } from './support.js';

let server: TestServer;
let ada: Login;

beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(async () => {
  ada = await signUp(server);
});
afterAll(() => server.stop());

const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1_000) + seconds;
const connect = (token = ada.token) => TestSocket.connect(server.url, token);
const logout = ({ token }: Login) => server.call('POST', '/auth/logout', { token });
const untilThen = (exp: number, login = ada) => signToken(server, login, { claims: { exp } });

it('a newer token extends the socket beyond the end of the old one', async () => {
  const soon = await untilThen(inSeconds(2));
  const [socket, witness] = [await connect(soon), await connect(soon)];
  const over = disconnection(witness);
  const exp = inSeconds(900);
  const answer = await socket.emit('authenticate', { token: await untilThen(exp) });
  expect(answer).toEqual({ ok: true, data: { expiresAt: new Date(exp * 1_000).toISOString() } });
  expect(await over).toBe('transport close');
  await socket.settle();
  expect(socket.all('error')).toEqual([]);
  expect(socket.all('ready')).toHaveLength(1);
  socket.close();
});

it('announces the end of the newer token in its turn', async () => {
  const socket = await connect();
  const exp = inSeconds(2);
  await socket.emit('authenticate', { token: await untilThen(exp) });
  const [notice] = await socket.waitFor('token_expiring', 1);
  expect(notice).toEqual({ expiresAt: new Date(exp * 1_000).toISOString() });
  expect(await disconnection(socket)).toBe('transport close');
});

it.each<[string, () => Promise<string>]>([
  ["somebody else's", async () => (await signUp(server)).token],
  ['an expired', () => untilThen(1)],
  ['a forged', () => signToken(server, ada, { secret: 'x'.repeat(64) })],
  ['a refresh', async () => ada.refreshToken],
  [
    'an ended session’s',
    async () => {
      const other = await logIn(server, ada.email);
      await logout(other);
      return other.token;
    },
  ],
  ['no', async () => 'x'],
])('%s token is TOKEN_INVALID', async (_label, token) => {
  const socket = await connect();
  const answer = await socket.emit('authenticate', { token: await token() });
  const message = expect.stringMatching(/\w/);
  const error = { code: 'TOKEN_INVALID', message, statusCode: 401 };
  expect(answer).toEqual({ ok: false, error });
  expect(socket.all('error')).toEqual([{ ...error, event: 'authenticate' }]);
  await socket.settle();
  socket.close();
});

it('after a refused token the old one still counts, with its user and expiry', async () => {
  const conversationId = await server.createConversation(ada);
  const exp = inSeconds(2);
  const socket = await connect(await untilThen(exp));
  for (const token of [(await signUp(server)).token, await untilThen(1), 'x']) {
    expect((await socket.emit('authenticate', { token })).ok).toBe(false);
  }
  const { data } = await socket.emit('send_message', { conversationId, content: 'still me' });
  expect(data.message.senderId).toBe(ada.id);
  expect(await disconnection(socket)).toBe('transport close');
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
});

it.each([
  undefined,
  null,
  {},
  'x',
  { token: '' },
  { token: 7 },
  { token: 'x'.repeat(16_385) },
  { token: 'x', a: 1 },
])('the payload %j is malformed', async (payload) => {
  const socket = await connect();
  const { ok, error } = await socket.emit('authenticate', payload);
  expect([ok, error?.code]).toEqual([false, 'VALIDATION_FAILED']);
  await socket.settle();
  socket.close();
});

it('moves the socket to the session of the newer token: the end of the old session does not close it', async () => {
  const phone = await logIn(server, ada.email);
  const [socket, left] = [await connect(), await connect()];
  const cut = disconnection(left);
  await socket.emit('authenticate', { token: phone.token });
  await logout(ada);
  expect(await cut).toBe('io server disconnect');
  await socket.settle();
  expect(socket.all('session_revoked')).toEqual([]);
  const end = disconnection(socket);
  await logout(phone);
  expect(await end).toBe('io server disconnect');
  expect(socket.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
});

it('a newer token of the same session leaves the socket in it', async () => {
  const socket = await connect();
  const newer = toLogin(await refresh(server, ada.refreshToken));
  await socket.emit('authenticate', { token: newer.token });
  const end = disconnection(socket);
  await logout(newer);
  expect(await end).toBe('io server disconnect');
});

it('the permissions of the newer token count from then on', async () => {
  const conversationId = await server.createConversation(ada);
  const socket = await connect();
  const content = 'Hello';
  expect(await socket.emit('send_message', { conversationId, content })).toMatchObject({ ok: true });
  const less = await signWithout(server, ada, 'messages', 'create');
  // Sent immediately after it: the events of a socket take effect in the order in which they were sent.
  const [moved, refused] = await Promise.all([
    socket.emit('authenticate', { token: less }),
    socket.emit('send_message', { conversationId, content }),
  ]);
  expect(moved.ok).toBe(true);
  expect(refused.error?.code).toBe('PERMISSION_DENIED');
  await socket.emit('authenticate', { token: ada.token });
  expect(await socket.emit('send_message', { conversationId, content })).toMatchObject({ ok: true });
  socket.close();
});

it('the rooms joined before stay joined', async () => {
  const conversationId = await server.createConversation(ada);
  const socket = await connect();
  await socket.emit('join_room', { conversationId });
  await socket.emit('authenticate', { token: (await logIn(server, ada.email)).token });
  await socket.emit('send_message', { conversationId, content: 'still here' });
  expect(await socket.waitFor('new_message', 1)).toMatchObject([{ content: 'still here' }]);
  socket.close();
});
