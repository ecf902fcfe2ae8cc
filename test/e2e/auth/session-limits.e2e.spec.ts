import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal } from '../http/support.js';
import { disconnection, logIn, refresh, signUp } from './support.js';

const DAY = 86_400;

const it = apiTest
  .extend('ada', ({ server }) => signUp(server))
  .extend('steps', ({ server, ada }) => ({
    older: (seconds: number) =>
      server.database.query(
        `update sessions set created_at = created_at - $2 * interval '1 second' where id = $1`,
        [ada.sid, seconds],
      ),
    lastEnd: () => server.securityLog.findLast(({ event }) => event === 'session.ended'),
  }));

it('a 51st login ends the session that was used least lately, its tokens and its sockets', async ({
  steps,
  server,
  connect,
  ada,
}) => {
  const socket = await connect(ada);
  const cut = disconnection(socket);
  await server.database.query('insert into sessions (user_id) select $1 from generate_series(1, 49)', [
    ada.id,
  ]);
  const newest = await logIn(server, ada.email);
  expect(await socket.waitFor('session_revoked', 1)).toEqual([{ code: 'SESSION_REVOKED' }]);
  expect(await cut).toBe('io server disconnect');
  expect(refusal(await server.call('GET', '/users/me', { token: ada.token }))).toBe('401 SESSION_REVOKED');
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
  expect((await server.call('GET', '/users/me', { token: newest.token })).status).toBe(200);
  expect(steps.lastEnd()).toMatchObject({ sessionId: ada.sid, reason: 'too_many' });
});

it('no access token outlives its session', async ({ steps, server, ada }) => {
  await steps.older(90 * DAY - 300);
  const { body } = await refresh(server, ada.refreshToken);
  expect(body.expiresIn).toBeGreaterThan(200);
  expect(body.expiresIn).toBeLessThanOrEqual(300);
});

it('a session ends after SESSION_MAX_AGE, however lately it was refreshed', async ({
  steps,
  server,
  ada,
}) => {
  await steps.older(90 * DAY);
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
  expect(refusal(await server.call('GET', '/users/me', { token: ada.token }))).toBe('401 SESSION_REVOKED');
  expect(steps.lastEnd()).toMatchObject({ sessionId: ada.sid, reason: 'too_old' });
});
