import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { INSTANT, refusal, request, UUID } from '../http/support.js';
import { type Login, logIn, PASSWORD, post, refresh, signUp, toLogin } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { TRUST_PROXY: '1' })
  .extend('ada', ({ server }) => signUp(server))
  .extend('phone', ({ server, ada }) => logIn(server, ada.email, 'Phone/2.0 (ümläut)'))
  .extend('steps', PER_FILE, ({ server }) => {
    const list = async ({ token }: { token: string }) => {
      const answer = await server.call('GET', '/auth/sessions', { token });
      expect(answer.status).toBe(200);
      return answer;
    };
    const idsFor = async (login: Login) => (await list(login)).body.data.map(({ id }) => id);

    return { list, idsFor };
  });

it('lists the sessions with exactly what the contract names', async ({ steps, server, ada, phone }) => {
  await signUp(server);
  const { body, headers } = await steps.list(ada);
  const common = {
    id: expect.stringMatching(UUID),
    createdAt: expect.stringMatching(INSTANT),
    lastUsedAt: expect.stringMatching(INSTANT),
    ip: '127.0.0.1',
  };
  expect(body).toStrictEqual({
    data: [
      { ...common, id: phone.sid, userAgent: 'Phone/2.0 (ümläut)', current: false },
      { ...common, id: ada.sid, userAgent: 'node', current: true },
    ],
    nextCursor: null,
  });
  expect(headers.get('cache-control')).toBe('no-store');
});

it('lists in pages of twenty unless another size is requested', async ({ steps, server, ada, phone }) => {
  await server.database.query('insert into sessions (user_id) select $1 from generate_series(1, 23)', [
    ada.id,
  ]);
  const seen: string[] = [];
  const ask = (query: string) => server.call('GET', `/auth/sessions?${query}`, { token: ada.token });
  const first = await steps.list(ada);
  expect(first.body.data).toHaveLength(20);
  expect(first.body.nextCursor).toEqual(expect.any(String));
  let cursor: string | null = '';
  for (let pages = 0; pages < 4 && cursor !== null; pages += 1) {
    const { body } = await ask(cursor === '' ? 'limit=10' : `limit=10&cursor=${cursor}`);
    seen.push(...body.data.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(cursor).toBeNull();
  expect(new Set(seen).size).toBe(25);
  expect(seen.slice(-2)).toEqual([phone.sid, ada.sid]);
  expect(refusal(await ask('cursor=x'))).toBe('400 CURSOR_INVALID');
  for (const wrong of ['limit=0', 'limit=101', 'cursor=', 'page=2', `cursor=${'x'.repeat(201)}`]) {
    expect(refusal(await ask(wrong))).toBe('400 VALIDATION_FAILED');
  }
});

it('marks the session of the caller as current', async ({ steps, phone, ada }) => {
  const { body } = await steps.list(phone);
  expect(body.data).toEqual([
    expect.objectContaining({ id: phone.sid, current: true }),
    expect.objectContaining({ id: ada.sid, current: false }),
  ]);
});

it('puts first what was refreshed last, and shows from where', async ({ steps, server, ada, phone }) => {
  const { body: before } = await steps.list(ada);
  const { status } = await post(
    server,
    '/auth/refresh',
    { refreshToken: ada.refreshToken },
    { 'user-agent': 'Moved/3.0', 'x-forwarded-for': '203.0.113.7' },
  );
  expect(status).toBe(200);
  const { body } = await steps.list(ada);
  expect(body.data.map(({ id }) => id)).toEqual([ada.sid, phone.sid]);
  expect(body.data[0]).toMatchObject({ userAgent: 'Moved/3.0', ip: '203.0.113.7', current: true });
  expect(body.data[0].createdAt).toBe(before.data[1].createdAt);
  expect(body.data[0]).not.toMatchObject({ lastUsedAt: body.data[0].createdAt });
});

it('shows the address that the proxy saw, whatever the client claims', async ({ steps, server, ada }) => {
  const answer = await post(
    server,
    '/auth/login',
    { email: ada.email, password: PASSWORD },
    { 'x-forwarded-for': '198.51.100.1, 2001:db8::7' },
  );
  const { body } = await steps.list(toLogin(answer));
  expect(body.data[0]).toMatchObject({ ip: '2001:db8::7' });
});

it('cuts a long user agent and does without one', async ({ steps, server, ada }) => {
  const long = await logIn(server, ada.email, 'x'.repeat(4_000));
  expect((await steps.list(long)).body.data[0]).toMatchObject({ userAgent: 'x'.repeat(255) });
  const none = await logIn(server, ada.email, '');
  expect(await steps.idsFor(none)).toContain(none.sid);
});

it('no longer lists a session that has ended, whatever has ended it', async ({
  steps,
  server,
  ada,
  phone,
}) => {
  const [reused, deleted] = [await logIn(server, ada.email), await logIn(server, ada.email)];
  await refresh(server, toLogin(await refresh(server, reused.refreshToken)).refreshToken);
  expect(refusal(await refresh(server, reused.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  await server.call('DELETE', `/auth/sessions/${deleted.sid}`, { token: ada.token });
  await server.call('POST', '/auth/logout', { token: phone.token });
  expect(await steps.idsFor(ada)).toEqual([ada.sid]);
});

it('needs a token, and the permission to read oneself', async ({ server }) => {
  expect(refusal(await server.call('GET', '/auth/sessions'))).toBe('401 TOKEN_MISSING');
  const answer = await request(server.url, '/auth/sessions', { headers: { authorization: 'Bearer x' } });
  expect(refusal(answer)).toBe('401 TOKEN_INVALID');
});
