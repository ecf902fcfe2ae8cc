import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from '../http/support.js';
import { hashOf } from '../../contract/real-session-subject.js';
import { type Login, logIn, post, refresh, signUp, toLogin } from './support.js';

const it = apiTest
  .extend('ada', ({ server }) => signUp(server))
  .extend('steps', PER_FILE, ({ server }) => ({
    next: async (token: string) => toLogin(await refresh(server, token)).refreshToken,
    age: (token: string, column: string, seconds: number) =>
      server.database.query(
        `update refresh_tokens set ${column} = ${column} - $2 * interval '1 second' where token_hash = $1`,
        [hashOf(token), seconds],
      ),
  }));

it('answers as login does, with a new access token of the same session', async ({ server, ada }) => {
  const { status, headers, body } = await refresh(server, ada.refreshToken);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
  const { body: profile } = await server.call('GET', '/users/me', { token: ada.token });
  expect(body).toStrictEqual({
    accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
    user: profile,
  });
  const [before, after] = [decodeJwt(ada.token), decodeJwt(body.accessToken)];
  expect(after).toMatchObject({ sub: ada.id, sid: ada.sid, permissions: before['permissions'] });
  expect(after.jti).not.toBe(before.jti);
});

it('leaves the previous access token valid', async ({ server, ada }) => {
  await refresh(server, ada.refreshToken);
  expect((await server.call('GET', '/users/me', { token: ada.token })).status).toBe(200);
});

it('gives the same successor to 20 at once, and that one works', async ({ server, ada }) => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(server, ada.refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const successors = new Set(answers.map(({ body }) => body.refreshToken));
  expect(successors.size).toBe(1);
  for (const { body } of answers) {
    expect((await server.call('GET', '/users/me', { token: body.accessToken })).status).toBe(200);
  }
  expect((await refresh(server, [...successors][0])).status).toBe(200);
});

it('treats a used token as stolen after weeks, and ends that session alone', async ({
  steps,
  server,
  ada,
}) => {
  const other = await logIn(server, ada.email);
  const third = await steps.next(await steps.next(ada.refreshToken));
  await steps.age(ada.refreshToken, 'rotated_at', 30 * 86_400);
  await steps.age(ada.refreshToken, 'expires_at', 30 * 86_400);
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
  expect(refusal(await refresh(server, third))).toBe('401 REFRESH_TOKEN_INVALID');
  expect((await refresh(server, other.refreshToken)).status).toBe(200);
});

it('refuses a token after seven days', async ({ steps, server, ada }) => {
  await steps.age(ada.refreshToken, 'expires_at', 7 * 86_400 + 5);
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
});

describe('refuses what is no token of ours', () => {
  it.for([
    ['one character', () => 'x'],
    ['a blank', () => ' '],
    ['a token that nobody was given', () => randomBytes(32).toString('base64url')],
    ['an access token', (ada: Login) => ada.token.slice(0, 512)],
    ['a good one with a blank', (ada: Login) => `${ada.refreshToken} `],
    ['the hash of a good one', (ada: Login) => hashOf(ada.refreshToken).toString('hex')],
    ['U+0000', () => '\0'],
    ['a lone surrogate', () => '\ud800'],
    ['512 characters', () => 'x'.repeat(512)],
    ['512 emoji', () => '🦊'.repeat(512)],
    ['SQL', () => "' or true --"],
  ] as const)('%s', async ([_label, token], { server, ada }) => {
    expect(refusal(await refresh(server, token(ada)))).toBe('401 REFRESH_TOKEN_INVALID');
    expect((await refresh(server, ada.refreshToken)).status).toBe(200);
  });

  it.for([
    ['nothing', {}],
    ['an empty text', { refreshToken: '' }],
    ['513 characters', { refreshToken: 'x'.repeat(513) }],
    ['513 emoji', { refreshToken: '🦊'.repeat(513) }],
    ['null', { refreshToken: null }],
    ['a number', { refreshToken: 42 }],
    ['a list', { refreshToken: ['x'] }],
    ['an object', { refreshToken: { $ne: '' } }],
    ['an unknown field', { refreshToken: 'x', sid: 'y' }],
  ] as const)('malformed: %s', async ([_label, body], { server }) => {
    expect(refusal(await post(server, '/auth/refresh', body))).toBe('400 VALIDATION_FAILED');
  });
});

it('needs no access token and ignores one', async ({ server, ada }) => {
  const headers = { authorization: 'Bearer nonsense' };
  const answer = await post(server, '/auth/refresh', { refreshToken: ada.refreshToken }, headers);
  expect(answer.status).toBe(200);
});
