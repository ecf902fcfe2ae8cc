import { describe, expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal, UNKNOWN_ID } from '../http/support.js';
import { signWithout } from '../ws/sign-token.js';
import { disconnection, type Login, logIn, refresh, signUp } from './support.js';

const it = apiTest
  .extend('ada', ({ server }) => signUp(server))
  .extend('phone', ({ server, ada }) => logIn(server, ada.email))
  .extend('steps', ({ server, ada }) => ({
    end: (id: string, { token }: Login = ada) => server.call('DELETE', `/auth/sessions/${id}`, { token }),
    me: ({ token }: Login) => server.call('GET', '/users/me', { token }),
  }));

it('ends another device: access token, refresh token and sockets', async ({
  steps,
  server,
  connect,
  phone,
  ada,
}) => {
  const socket = await connect(phone, { reconnection: true });
  const mine = await connect(ada);
  const cut = disconnection(socket);
  const { status, body } = await steps.end(phone.sid);
  expect([status, body]).toEqual([204, undefined]);
  expect(await cut).toBe('io server disconnect');
  expect(socket.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
  expect(socket.client.active).toBe(false);
  expect(refusal(await steps.me(phone))).toBe('401 SESSION_REVOKED');
  expect(refusal(await refresh(server, phone.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');

  await mine.settle();
  expect(mine.all('session_revoked')).toEqual([]);
  mine.close();
  expect((await steps.me(ada)).status).toBe(200);
  expect((await refresh(server, ada.refreshToken)).status).toBe(200);
});

it('ends the session of the caller, too', async ({ steps, ada, phone }) => {
  expect((await steps.end(ada.sid)).status).toBe(204);
  expect(refusal(await steps.me(ada))).toBe('401 SESSION_REVOKED');
  expect((await steps.me(phone)).status).toBe(200);
});

it('takes an id in any case', async ({ steps, phone }) => {
  expect((await steps.end(phone.sid.toUpperCase())).status).toBe(204);
  expect(refusal(await steps.me(phone))).toBe('401 SESSION_REVOKED');
});

describe('refuses', () => {
  it('a session that has ended, with the same error as one that never existed', async ({ steps, phone }) => {
    await steps.end(phone.sid);
    expect(refusal(await steps.end(phone.sid))).toBe('404 SESSION_NOT_FOUND');
  });

  it('a session of another user, which stays active', async ({ steps, server, phone }) => {
    const eve = await signUp(server);
    const [others, unknown] = [await steps.end(phone.sid, eve), await steps.end(UNKNOWN_ID, eve)];
    expect(refusal(others)).toBe('404 SESSION_NOT_FOUND');
    expect(refusal(unknown)).toBe('404 SESSION_NOT_FOUND');
    expect(others.body.message).toBe(unknown.body.message);
    expect((await steps.me(phone)).status).toBe(200);
    expect((await refresh(server, phone.refreshToken)).status).toBe(200);
  });

  it.for(['1', 'current', `${UNKNOWN_ID}0`, '%20', "'or'1'='1", 'x'.repeat(2_000)])(
    'the malformed id %j',
    async (id, { steps }) => {
      expect(refusal(await steps.end(id))).toBe('400 VALIDATION_FAILED');
    },
  );

  it('a caller without a token or without the permission, before it checks the id', async ({
    server,
    ada,
  }) => {
    expect(refusal(await server.call('DELETE', '/auth/sessions/1'))).toBe('401 TOKEN_MISSING');
    const token = await signWithout(server, ada, 'user', 'update');
    const answer = await server.call('DELETE', '/auth/sessions/1', { token });
    expect(refusal(answer)).toBe('403 PERMISSION_DENIED');
  });
});

it('of ten that end the same device one does', async ({ steps, phone }) => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => steps.end(phone.sid)));
  const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
  expect(statuses).toEqual([204, ...Array(9).fill(404)]);
});
