import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { INSTANT, refusal, request, UUID } from '../http/support.js';
import { type Login, logIn, PASSWORD, post, refresh, signUp, toLogin } from './support.js';

let server: TestServer;
let ada: Login;
let phone: Login;

beforeAll(async () => {
  server = await TestServer.start({ TRUST_PROXY: '1' });
});
beforeEach(async () => {
  ada = await signUp(server);
  phone = await logIn(server, ada.email, 'Phone/2.0 (ümläut)');
});
afterAll(() => server.stop());

const list = async ({ token }: { token: string }) => {
  const answer = await server.call('GET', '/auth/sessions', { token });
  expect(answer.status).toBe(200);
  return answer;
};
const idsFor = async (login: Login) => (await list(login)).body.data.map(({ id }) => id);

it('lists the sessions with exactly what the contract names', async () => {
  await signUp(server);
  const { body, headers } = await list(ada);
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

it('lists in pages, twenty to one unless something else is asked for', async () => {
  await server.database.query('insert into sessions (user_id) select $1 from generate_series(1, 23)', [
    ada.id,
  ]);
  const seen: string[] = [];
  const ask = (query: string) => server.call('GET', `/auth/sessions?${query}`, { token: ada.token });
  const first = await list(ada);
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

it('calls the session current that asks', async () => {
  const { body } = await list(phone);
  expect(body.data).toEqual([
    expect.objectContaining({ id: phone.sid, current: true }),
    expect.objectContaining({ id: ada.sid, current: false }),
  ]);
});

it('puts first what was refreshed last, and shows from where', async () => {
  const { body: before } = await list(ada);
  const { status } = await post(
    server,
    '/auth/refresh',
    { refreshToken: ada.refreshToken },
    { 'user-agent': 'Moved/3.0', 'x-forwarded-for': '203.0.113.7' },
  );
  expect(status).toBe(200);
  const { body } = await list(ada);
  expect(body.data.map(({ id }) => id)).toEqual([ada.sid, phone.sid]);
  expect(body.data[0]).toMatchObject({ userAgent: 'Moved/3.0', ip: '203.0.113.7', current: true });
  expect(body.data[0].createdAt).toBe(before.data[1].createdAt);
  expect(body.data[0]).not.toMatchObject({ lastUsedAt: body.data[0].createdAt });
});

it('shows the address that the proxy saw, whatever the client claims', async () => {
  const answer = await post(
    server,
    '/auth/login',
    { email: ada.email, password: PASSWORD },
    { 'x-forwarded-for': '198.51.100.1, 2001:db8::7' },
  );
  const { body } = await list(toLogin(answer));
  expect(body.data[0]).toMatchObject({ ip: '2001:db8::7' });
});

it('cuts a long user agent and does without one', async () => {
  const long = await logIn(server, ada.email, 'x'.repeat(4_000));
  expect((await list(long)).body.data[0]).toMatchObject({ userAgent: 'x'.repeat(255) });
  const none = await logIn(server, ada.email, '');
  expect(await idsFor(none)).toContain(none.sid);
});

it('lists a session no more that has ended, by whatever', async () => {
  const [reused, deleted] = [await logIn(server, ada.email), await logIn(server, ada.email)];
  await refresh(server, toLogin(await refresh(server, reused.refreshToken)).refreshToken);
  expect(refusal(await refresh(server, reused.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  await server.call('DELETE', `/auth/sessions/${deleted.sid}`, { token: ada.token });
  await server.call('POST', '/auth/logout', { token: phone.token });
  expect(await idsFor(ada)).toEqual([ada.sid]);
});

it('needs a token, and the permission to read oneself', async () => {
  expect(refusal(await server.call('GET', '/auth/sessions'))).toBe('401 TOKEN_MISSING');
  const answer = await request(server.url, '/auth/sessions', { headers: { authorization: 'Bearer x' } });
  expect(refusal(answer)).toBe('401 TOKEN_INVALID');
});
