import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { ALL_PERMISSIONS, refusal, UUID } from './support.js';

let account: { id: string; email: string };
const password = '  pass 🦊 wörd  ';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  login: (body: unknown) => server.call('POST', '/auth/login', { body }),
}));

it.beforeAll(async ({ server }) => {
  const { body } = await server.call('POST', '/auth/signup', {
    body: { email: 'Grace@Example.com', password, displayName: 'Grace' },
  });
  account = body.user;
});

it('answers 200 with tokens and the own profile as at signup', async ({ steps }) => {
  const answer = await steps.login({ email: 'Grace@Example.com', password });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toStrictEqual({
    accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
    user: account,
  });
});

it.for(['grace@example.com', 'GRACE@EXAMPLE.COM', 'gRACE@eXAMPLE.com'])(
  'finds the account as %s',
  async (email, { steps }) => {
    const { status, body } = await steps.login({ email, password });
    expect(status).toBe(200);
    expect(body.user).toEqual(account);
  },
);

it('does not confuse addresses that only look alike in lower case', async ({ steps, server }) => {
  await server.call('POST', '/auth/signup', { body: { email: 'i@x.example', password, displayName: 'I' } });
  expect((await steps.login({ email: 'I@X.example', password })).status).toBe(200);
  expect(refusal(await steps.login({ email: 'İ@x.example', password }))).toBe('401 INVALID_CREDENTIALS');
});

it('answers a wrong password and an unknown account with the same error', async ({ steps }) => {
  const wrong = await steps.login({ email: account.email, password: 'not the password' });
  const unknown = await steps.login({ email: 'nobody@example.com', password });
  expect(refusal(wrong)).toBe('401 INVALID_CREDENTIALS');
  expect(refusal(unknown)).toBe('401 INVALID_CREDENTIALS');
  const { requestId: _id, timestamp: _time, ...words } = wrong.body;
  expect(unknown.body).toMatchObject(words);
});

it.for([
  ['untrimmed', password.trim()],
  ['in another case', password.toUpperCase()],
  ['of one character', 'x'],
  ['of 128 emoji', '🦊'.repeat(128)],
] as const)('compares the password as it is: one %s is wrong', async ([_label, other], { steps }) => {
  expect(refusal(await steps.login({ email: account.email, password: other }))).toBe(
    '401 INVALID_CREDENTIALS',
  );
});

it.for([
  ['an empty password', { password: '' }],
  ['a password of 129 emoji', { password: '🦊'.repeat(129) }],
  ['no password', { password: undefined }],
  ['a password that is an object', { password: { $ne: '' } }],
  ['an empty e-mail', { email: '' }],
  ['an e-mail that is null', { email: null }],
  ['an e-mail with U+0000', { email: 'a\0@b.io' }],
  ['an e-mail of 255 characters', { email: 'x'.repeat(255) }],
  ['an unknown field', { remember: true }],
] as const)('refuses %s', async ([_label, fields], { steps }) => {
  const answer = await steps.login({ email: account.email, password, ...fields });
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
});

it('puts into the access token what the contract names, and nothing else', async ({ steps }) => {
  const { body } = await steps.login({ email: account.email, password });
  expect(decodeProtectedHeader(body.accessToken)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
  const { iat = 0, exp = 0, ...claims } = decodeJwt(body.accessToken);
  expect(claims).toStrictEqual({
    sub: account.id,
    email: 'grace@example.com',
    sid: expect.stringMatching(UUID),
    permissions: ALL_PERMISSIONS,
    iss: expect.stringMatching(/./),
    aud: expect.stringMatching(/./),
    jti: expect.stringMatching(/./),
  });
  expect(exp - iat).toBe(900);
  expect(Math.abs(Date.now() / 1_000 - iat)).toBeLessThan(10);
});

it('opens a session of its own at each login', async ({ steps, server }) => {
  const [one, two] = await Promise.all([
    steps.login({ email: account.email, password }),
    steps.login({ email: account.email, password }),
  ]);
  const [first, second] = [decodeJwt(one.body.accessToken), decodeJwt(two.body.accessToken)];
  expect(first.sid).not.toBe(second.sid);
  expect(first.jti).not.toBe(second.jti);
  expect(one.body.refreshToken).not.toBe(two.body.refreshToken);
  const rows = await server.database.query('select id from sessions where id = any($1) and user_id = $2', [
    [first.sid, second.sid],
    account.id,
  ]);
  expect(rows).toHaveLength(2);
});

it('opens none for a refused login', async ({ steps, server }) => {
  const before = await server.database.query('select id from sessions');
  expect(refusal(await steps.login({ email: account.email, password: 'wrong' }))).toBe(
    '401 INVALID_CREDENTIALS',
  );
  expect(await server.database.query('select id from sessions')).toHaveLength(before.length);
});
