import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { refusal } from '../http/support.js';
import { refusedConnection } from '../ws/refused-connection.js';
import { signToken } from '../ws/sign-token.js';
import { type Login, signUp } from './support.js';

/** RFC 8725 for both transports; `http/tokens` and `ws/handshake-refusal` have more cases, each for its own. */

let server: TestServer;
let ada: Login;

beforeAll(async () => {
  server = await TestServer.start();
  ada = await signUp(server);
});
afterAll(() => server.stop());

const now = () => Math.floor(Date.now() / 1_000);
const sign = (claims: Record<string, unknown>, header?: Record<string, string>) =>
  signToken(server, ada, { claims, ...(header ? { header } : {}) });
const part = (token: string, index: number) => token.split('.')[index] ?? '';
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

it.each<[string, string, () => Promise<string>]>([
  ['a refresh token', 'TOKEN_INVALID', async () => ada.refreshToken],
  [
    'alg none',
    'TOKEN_INVALID',
    async () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${part(ada.token, 1)}.`,
  ],
  [
    'alg none with the signature of a good one',
    'TOKEN_INVALID',
    async () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${part(ada.token, 1)}.${part(ada.token, 2)}`,
  ],
  ['HS384', 'TOKEN_INVALID', () => sign({}, { alg: 'HS384' })],
  ['HS512', 'TOKEN_INVALID', () => sign({}, { alg: 'HS512' })],
  ['typ JWT', 'TOKEN_INVALID', () => sign({}, { typ: 'JWT' })],
  ['a foreign issuer', 'TOKEN_INVALID', () => sign({ iss: 'elsewhere' })],
  ['our issuer among others', 'TOKEN_INVALID', () => sign({ iss: ['causerie', 'elsewhere'] })],
  ['a foreign audience', 'TOKEN_INVALID', () => sign({ aud: 'elsewhere' })],
  ['a time to come', 'TOKEN_INVALID', () => sign({ nbf: now() + 3_600 })],
  ['a past', 'TOKEN_EXPIRED', () => sign({ iat: now() - 901, exp: now() - 1 })],
  ['its last second over', 'TOKEN_EXPIRED', () => sign({ exp: now() })],
  [
    'claims changed after signing',
    'TOKEN_INVALID',
    async () => {
      const claims = JSON.parse(Buffer.from(part(ada.token, 1), 'base64url').toString());
      return [part(ada.token, 0), base64({ ...claims, sub: ada.sid }), part(ada.token, 2)].join('.');
    },
  ],
  [
    'an unknown critical extension',
    'TOKEN_INVALID',
    async () => {
      const [, payload, signature] = (await sign({})).split('.');
      return [base64({ alg: 'HS256', typ: 'at+jwt', crit: ['x'], x: 1 }), payload, signature].join('.');
    },
  ],
])('refuses %s: %s', async (_label, code, make) => {
  const token = await make();
  expect(refusal(await server.call('GET', '/users/me', { token }))).toBe(`401 ${code}`);
  for (const options of [{ auth: { token } }, { extraHeaders: { authorization: `Bearer ${token}` } }]) {
    const error = await refusedConnection(`${server.url}/chat`, options);
    expect(error.message).toBe('Unauthorized');
    expect(error.data).toEqual({ code, message: expect.stringMatching(/\w/) });
  }
});

it('lets the same token in when nothing is changed', async () => {
  expect((await server.call('GET', '/users/me', { token: await sign({}) })).status).toBe(200);
});

it('knows no refresh by access token, and no access by either in the wrong place', async () => {
  const { status } = await server.call('POST', '/auth/refresh', {
    body: { refreshToken: ada.token.slice(0, 512) },
  });
  expect(status).toBe(401);
  expect(refusal(await server.call('GET', `/users/me?access_token=${ada.token}`))).toBe('401 TOKEN_MISSING');
});
