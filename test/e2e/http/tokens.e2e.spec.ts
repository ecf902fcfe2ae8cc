import { UnsecuredJWT } from 'jose';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { ALL_PERMISSIONS, forgeToken, refusal, request } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  list: (authorization?: string) =>
    request(
      server.url,
      '/chat/conversations',
      authorization === undefined ? {} : { headers: { authorization } },
    ),
}));

const now = () => Math.floor(Date.now() / 1_000);

it('lets a token in that is as ours in everything: the refusals below are for what they change', async ({
  steps,
  server,
  user,
}) => {
  expect((await steps.list(`Bearer ${await forgeToken(server, user)}`)).status).toBe(200);
  expect((await steps.list(`bearer ${user.token}`)).status).toBe(200);
});

it.for([
  ['POST', ''],
  ['GET', ''],
  ['GET', '/any'],
  ['POST', '/any/members'],
  ['GET', '/any/messages'],
  ['GET', '/any/changes'],
  ['POST', '/any/messages'],
] as const)('needs a token for %s /chat/conversations%s', async ([method, path], { server }) => {
  const answer = await server.call(method, `/chat/conversations${path}`);
  expect(refusal(answer)).toBe('401 TOKEN_MISSING');
});

it.for([
  ['another scheme', () => `Basic ${Buffer.from('user:password').toString('base64')}`],
  ['the scheme alone', () => 'Bearer'],
  ['the token alone', ({ token }: TestUser) => token],
  ['two tokens', ({ token }: TestUser) => `Bearer ${token} ${token}`],
  ['a glued scheme', ({ token }: TestUser) => `Bearer${token}`],
  ['a scheme that only begins so', ({ token }: TestUser) => `Bearers ${token}`],
  ['a word', () => 'Bearer nonsense'],
  ['three words', () => 'Bearer a.b.c'],
  ['no signature', ({ token }: TestUser) => `Bearer ${token.slice(0, token.lastIndexOf('.') + 1)}`],
  ['a header of spaces', () => ' Bearer   '],
] as const)('refuses %s', async ([_label, authorization], { steps, user }) => {
  expect(refusal(await steps.list(authorization(user)))).toBe('401 TOKEN_INVALID');
});

it('refuses a changed signature and changed claims', async ({ steps, user }) => {
  const [header = '', payload = '', signature = ''] = user.token.split('.');
  const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  expect(refusal(await steps.list(`Bearer ${header}.${payload}.${flipped}`))).toBe('401 TOKEN_INVALID');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url');
  expect(refusal(await steps.list(`Bearer ${header}.${changed}.${signature}`))).toBe('401 TOKEN_INVALID');
});

it('refuses an unsigned token', async ({ steps, user }) => {
  const claims = { sub: user.id, email: user.email, sid: user.id, permissions: ALL_PERMISSIONS, jti: 'x' };
  const plain = new UnsecuredJWT(claims).setIssuer('causerie').setAudience('causerie').setIssuedAt();
  const [, payload = ''] = plain.setExpirationTime('1m').encode().split('.');
  for (const alg of ['none', 'None', 'NONE']) {
    const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt' })).toString('base64url');
    expect(refusal(await steps.list(`Bearer ${header}.${payload}.`))).toBe('401 TOKEN_INVALID');
  }
});

it.for<[string, Parameters<typeof forgeToken>[2]]>([
  ['another algorithm of the same secret', { header: { alg: 'HS384' } }],
  ['the strongest algorithm of the same secret', { header: { alg: 'HS512' } }],
  ['another secret', { secret: 'x'.repeat(64) }],
  ['the type of an ordinary JWT', { header: { typ: 'JWT' } }],
  ['the type of a refresh token', { header: { typ: 'rt+jwt' } }],
  ['a foreign issuer', { claims: { iss: 'elsewhere' } }],
  ['a foreign audience', { claims: { aud: 'elsewhere' } }],
  ['a time to come', { claims: { nbf: now() + 3_600 } }],
  ['a subject that is no id', { claims: { sub: 'admin' } }],
  ['permissions that are text', { claims: { permissions: 'all' } }],
  ['permissions without actions', { claims: { permissions: [{ resource: 'conversations' }] } }],
])('refuses %s', async ([_label, forgery], { steps, server, user }) => {
  const token = await forgeToken(server, user, forgery);
  expect(refusal(await steps.list(`Bearer ${token}`))).toBe('401 TOKEN_INVALID');
});

it.for(['sub', 'email', 'sid', 'permissions', 'iss', 'aud', 'iat', 'exp', 'jti'])(
  'refuses a token without %s',
  async (claim, { steps, server, user }) => {
    const token = await forgeToken(server, user, { claims: { [claim]: undefined } });
    expect(refusal(await steps.list(`Bearer ${token}`))).toBe('401 TOKEN_INVALID');
  },
);

it('distinguishes an expired token from an invalid one, and names the route to use', async ({
  steps,
  server,
  user,
}) => {
  const over = { iat: now() - 901, exp: now() - 1 };
  const answer = await steps.list(`Bearer ${await forgeToken(server, user, { claims: over })}`);
  expect(refusal(answer)).toBe('401 TOKEN_EXPIRED');
  expect(answer.body.message).toContain('/auth/refresh');
});

it.for<[string, Parameters<typeof forgeToken>[2]]>([
  ['another secret', { secret: 'x'.repeat(64) }],
  ['another type', { header: { typ: 'JWT' } }],
  ['a foreign issuer', { claims: { iss: 'elsewhere' } }],
])(
  'does not call a token expired that was never ours: %s',
  async ([_label, forgery], { steps, server, user }) => {
    const claims = { ...forgery?.claims, iat: now() - 901, exp: now() - 1 };
    const token = await forgeToken(server, user, { ...forgery, claims });
    expect(refusal(await steps.list(`Bearer ${token}`))).toBe('401 TOKEN_INVALID');
  },
);
