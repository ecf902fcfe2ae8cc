import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal } from '../http/support.js';
import { refusedConnection } from '../ws/refused-connection.js';
import { disconnection, type Login, logIn, refresh, signUp, toLogin } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  const me = (token: string) => server.call('GET', '/users/me', { token });
  /** Expects that all tokens of the session are refused. */
  async function expectRefusedEverywhere({ token, refreshToken }: Login, expected: string): Promise<void> {
    const calls = [
      ['GET', '/users/me'],
      ['GET', '/auth/sessions'],
      ['DELETE', '/auth/sessions/00000000-0000-4000-8000-00000000dead'],
      ['POST', '/auth/logout'],
      ['POST', '/auth/change-password'],
      ['GET', '/chat/conversations'],
      ['POST', '/posts'],
    ] as const;
    for (const [method, path] of calls) {
      const body = method === 'POST' && path !== '/auth/logout' ? {} : undefined;
      const answer = await server.call(method, path, { token, ...(body ? { body } : {}) });
      expect(`${path} ${refusal(answer)}`).toBe(`${path} 401 SESSION_REVOKED`);
    }
    expect((await server.call('GET', '/posts', { token })).status).toBe(200);
    expect(refusal(await refresh(server, refreshToken))).toBe(expected);
    for (const transport of ['websocket', 'polling']) {
      const error = await refusedConnection(`${server.url}/chat`, {
        transports: [transport],
        auth: { token },
      });
      expect(error.message).toBe('Unauthorized');
      expect(error.data).toEqual({ code: 'SESSION_REVOKED', message: expect.stringMatching(/\w/) });
    }
  }

  return { me, expectRefusedEverywhere };
});

it('signup, login, protected, refresh, old token refused, logout, refused everywhere', async ({
  steps,
  server,
}) => {
  const account = await signUp(server);
  const first = await logIn(server, account.email);
  expect((await steps.me(first.token)).status).toBe(200);

  const answer = await refresh(server, first.refreshToken);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const second = toLogin(answer);
  expect(second).toMatchObject({ id: first.id, email: first.email, sid: first.sid });
  expect(second.token).not.toBe(first.token);
  expect((await steps.me(second.token)).status).toBe(200);
  const third = toLogin(await refresh(server, second.refreshToken));
  const socket = await TestSocket.connect(server.url, third.token);
  const cut = disconnection(socket);

  expect(refusal(await refresh(server, first.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  expect(await cut).toBe('io server disconnect');
  await steps.expectRefusedEverywhere(third, '401 REFRESH_TOKEN_INVALID');

  const last = await logIn(server, account.email);
  const live = await TestSocket.connect(server.url, last.token);
  const ended = disconnection(live);
  const logout = await server.call('POST', '/auth/logout', { token: last.token });
  expect([logout.status, logout.body]).toEqual([204, undefined]);
  expect(await ended).toBe('io server disconnect');
  expect(live.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
  await steps.expectRefusedEverywhere(last, '401 REFRESH_TOKEN_INVALID');

  // The user's other session, that of the signup, is still active.
  expect((await steps.me(account.token)).status).toBe(200);
  expect((await refresh(server, account.refreshToken)).status).toBe(200);
});

it('logout cuts all sockets of the session, and no other', async ({ server }) => {
  const ada = await signUp(server);
  const other = await logIn(server, ada.email);
  const connect = ({ token }: Login, transport: string) =>
    TestSocket.connect(server.url, token, { transports: [transport], reconnection: true });
  const mine = await Promise.all(['websocket', 'polling', 'websocket'].map((each) => connect(ada, each)));
  const its = await connect(other, 'websocket');
  const reasons = mine.map(disconnection);
  await server.call('POST', '/auth/logout', { token: ada.token });
  expect(await Promise.all(reasons)).toEqual(mine.map(() => 'io server disconnect'));
  // The stock client does not reconnect after the server has disconnected it.
  for (const { client } of mine) expect(client.active).toBe(false);
  await its.settle();
  expect(its.all('session_revoked')).toEqual([]);
  its.close();
});

it('logging out twice at once is logging out: by then it is done, or known', async ({ server }) => {
  const { token } = await signUp(server);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => server.call('POST', '/auth/logout', { token })),
  );
  const words = answers.map((answer) => (answer.status === 204 ? '204' : refusal(answer)));
  expect(words).toContain('204');
  expect(words.filter((word) => !['204', '401 SESSION_REVOKED'].includes(word))).toEqual([]);
});
