import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal, UNKNOWN_ID } from '../http/support.js';
import { signWithout } from '../ws/sign-token.js';
import { disconnection, type Login, logIn, refresh, signUp } from './support.js';

let server: TestServer;
let ada: Login;
let phone: Login;

beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(async () => {
  ada = await signUp(server);
  phone = await logIn(server, ada.email);
});
afterAll(() => server.stop());

const end = (id: string, { token }: Login = ada) => server.call('DELETE', `/auth/sessions/${id}`, { token });
const me = ({ token }: Login) => server.call('GET', '/users/me', { token });

it('ends another device: access token, refresh token and sockets', async () => {
  const socket = await TestSocket.connect(server.url, phone.token, { reconnection: true });
  const mine = await TestSocket.connect(server.url, ada.token);
  const cut = disconnection(socket);
  const { status, body } = await end(phone.sid);
  expect([status, body]).toEqual([204, undefined]);
  expect(await cut).toBe('io server disconnect');
  expect(socket.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
  expect(socket.client.active).toBe(false);
  expect(refusal(await me(phone))).toBe('401 SESSION_REVOKED');
  expect(refusal(await refresh(server, phone.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');

  await mine.settle();
  expect(mine.all('session_revoked')).toEqual([]);
  mine.close();
  expect((await me(ada)).status).toBe(200);
  expect((await refresh(server, ada.refreshToken)).status).toBe(200);
});

it('ends the session that asks, too', async () => {
  expect((await end(ada.sid)).status).toBe(204);
  expect(refusal(await me(ada))).toBe('401 SESSION_REVOKED');
  expect((await me(phone)).status).toBe(200);
});

it('takes an id in any case', async () => {
  expect((await end(phone.sid.toUpperCase())).status).toBe(204);
  expect(refusal(await me(phone))).toBe('401 SESSION_REVOKED');
});

describe('refuses', () => {
  it('a session that has ended, in the same words as one that never was', async () => {
    await end(phone.sid);
    expect(refusal(await end(phone.sid))).toBe('404 SESSION_NOT_FOUND');
  });

  it("somebody else's session, which goes on", async () => {
    const eve = await signUp(server);
    const [others, unknown] = [await end(phone.sid, eve), await end(UNKNOWN_ID, eve)];
    expect(refusal(others)).toBe('404 SESSION_NOT_FOUND');
    expect(refusal(unknown)).toBe('404 SESSION_NOT_FOUND');
    expect(others.body.message).toBe(unknown.body.message);
    expect((await me(phone)).status).toBe(200);
    expect((await refresh(server, phone.refreshToken)).status).toBe(200);
  });

  it.each(['1', 'current', `${UNKNOWN_ID}0`, '%20', "'or'1'='1", 'x'.repeat(2_000)])(
    'the malformed id %j',
    async (id) => {
      expect(refusal(await end(id))).toBe('400 VALIDATION_FAILED');
    },
  );

  it('who has no token, or not the permission, before it looks at the id', async () => {
    expect(refusal(await server.call('DELETE', '/auth/sessions/1'))).toBe('401 TOKEN_MISSING');
    const token = await signWithout(server, ada, 'user', 'update');
    const answer = await server.call('DELETE', '/auth/sessions/1', { token });
    expect(refusal(answer)).toBe('403 PERMISSION_DENIED');
  });
});

it('of ten that end the same device one does', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => end(phone.sid)));
  const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
  expect(statuses).toEqual([204, ...Array(9).fill(404)]);
});
