import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';
import { refusedConnection } from './refused-connection.js';
import { signToken } from './sign-token.js';

let server: TestServer;
let user: TestUser;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
});
afterAll(() => server.stop());

const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const unsigned = () => {
  const [, payload] = user.token.split('.');
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
};
const withPayload = (change: object) => {
  const [head, payload = '', signature] = user.token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...change };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

const refusals: [string, string, () => unknown][] = [
  ['no auth at all', 'TOKEN_MISSING', () => undefined],
  ['auth without a token', 'TOKEN_MISSING', () => ({})],
  ['null', 'TOKEN_MISSING', () => ({ token: null })],
  ['a number', 'TOKEN_INVALID', () => ({ token: 42 })],
  ['an object', 'TOKEN_INVALID', () => ({ token: { toString: 'x' } })],
  ['an array with a good token', 'TOKEN_INVALID', () => ({ token: [user.token] })],
  ['an empty text', 'TOKEN_MISSING', () => ({ token: '' })],
  ['a malformed token', 'TOKEN_INVALID', () => ({ token: 'token-invalide' })],
  ['three parts of nothing', 'TOKEN_INVALID', () => ({ token: 'a.b.c' })],
  ['a tampered payload', 'TOKEN_INVALID', () => ({ token: withPayload({ exp: inAnHour() }) })],
  ['no signature', 'TOKEN_INVALID', () => ({ token: unsigned() })],
  [
    'another secret',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { secret: 'x'.repeat(64) }) }),
  ],
  [
    'another type',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { header: { typ: 'JWT' } }) }),
  ],
  [
    'another algorithm',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { header: { alg: 'HS512' } }) }),
  ],
  [
    'another audience',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { claims: { aud: 'x' } }) }),
  ],
  [
    'another issuer',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { claims: { iss: 'x' } }) }),
  ],
  [
    'no end',
    'TOKEN_INVALID',
    async () => ({ token: await signToken(server, user, { claims: { exp: undefined } }) }),
  ],
  [
    'an expired token',
    'TOKEN_EXPIRED',
    async () => ({ token: await signToken(server, user, { claims: { exp: 1 } }) }),
  ],
];

describe.each(['websocket', 'polling'])('over %s', (transport) => {
  test.each(refusals)('%s: "Unauthorized", %s', async (_, code, auth) => {
    const options = { transports: [transport], auth: (await auth()) as Record<string, unknown> };
    const error = await refusedConnection(`${server.url}/chat`, options);
    expect(error.message).toBe('Unauthorized');
    expect(error.data).toEqual({ code, message: expect.stringMatching(/\w/) });
  });
});

test('a re-signed token is let in: the refusals above have their own reasons', async () => {
  const raw = await RawWebSocket.join(server.url, await signToken(server, user));
  expect(await raw.frame(/"ready"/)).toContain(user.id);
  raw.close();
});

test('the message of an expired token names the way to a new one', async () => {
  const token = await signToken(server, user, { claims: { exp: 1 } });
  const { data } = await refusedConnection(`${server.url}/chat`, { auth: { token } });
  expect(data).toMatchObject({ message: expect.stringContaining('/auth/refresh') });
});

test('the server closes the websocket of a refused client within a second', async () => {
  const raw = await RawWebSocket.open(server.url);
  raw.send('40/chat,{"token":"x"}');
  const refusal = await raw.frame(/^44\/chat,/);
  const refusedAt = performance.now();
  expect(JSON.parse(refusal.slice('44/chat,'.length))).toEqual({
    message: 'Unauthorized',
    data: { code: 'TOKEN_INVALID', message: 'The access token is not valid.' },
  });
  await raw.closed;
  expect(performance.now() - refusedAt).toBeLessThan(1_000);
});

test('the server ends the polling of a refused client within a second', async () => {
  const raw = await RawPolling.open(server.url);
  await raw.post('40/chat,{"token":"x"}');
  const refusedAt = performance.now();
  expect(await raw.untilClosed()).toContainEqual(expect.stringMatching(/^44\/chat,.*TOKEN_INVALID/));
  expect(performance.now() - refusedAt).toBeLessThan(1_000);
  expect((await raw.poll()).status).toBe(400);
});

test('events that a refused client sends along change nothing', async () => {
  const conversationId = await server.createConversation(user);
  const raw = await RawWebSocket.open(server.url);
  raw.send('40/chat,{"token":"x"}');
  raw.send(`42/chat,1${JSON.stringify(['send_message', { conversationId, content: 'x' }])}`);
  await raw.closed;
  expect(raw.frames.filter((frame) => String(frame).startsWith('43'))).toEqual([]);
  expect(await server.database.query('select from messages')).toEqual([]);
});
