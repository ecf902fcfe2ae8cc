import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusedConnection } from './refused-connection.js';

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let socket: TestSocket | undefined;

beforeAll(async () => {
  server = await TestServer.start();
  [ada, bob] = await Promise.all([server.signUp('Ada'), server.signUp('Bob')]);
});
afterEach(() => socket?.close());
afterAll(() => server.stop());

async function readyWith(options: object): Promise<Record<string, unknown>> {
  socket = await TestSocket.connect(server.url, '', options);
  return socket.all('ready')[0] ?? {};
}

const header = (value: string) => ({ extraHeaders: { authorization: value } });

describe.each(['websocket', 'polling'])('over %s', (transport) => {
  const transports = [transport];

  test('the token of auth is enough', async () => {
    expect(await readyWith({ transports, auth: { token: ada.token } })).toMatchObject({ userId: ada.id });
  });

  test('without one, the Authorization header is', async () => {
    const options = { transports, auth: {}, ...header(`Bearer ${ada.token}`) };
    expect(await readyWith(options)).toMatchObject({ userId: ada.id });
  });

  test('with both, auth counts', async () => {
    const options = { transports, auth: { token: ada.token }, ...header(`Bearer ${bob.token}`) };
    expect(await readyWith(options)).toMatchObject({ userId: ada.id });
  });

  test('with both, an invalid token in auth is refused although the header has a valid one', async () => {
    const options = { transports, auth: { token: 'x' }, ...header(`Bearer ${bob.token}`) };
    const { data } = await refusedConnection(`${server.url}/chat`, options);
    expect(data).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('the scheme of the header is Bearer, in any case', async () => {
    const lower = { transports, auth: {}, ...header(`bearer ${ada.token}`) };
    expect(await readyWith(lower)).toMatchObject({ userId: ada.id });
    const basic = { transports, auth: {}, ...header(`Basic ${ada.token}`) };
    const { data } = await refusedConnection(`${server.url}/chat`, basic);
    expect(data).toMatchObject({ code: 'TOKEN_INVALID' });
  });
});

test.each([[null], [''], [undefined]])('a token of %j is none', async (token) => {
  const { message, data } = await refusedConnection(`${server.url}/chat`, { auth: { token } });
  expect([message, data]).toEqual(['Unauthorized', { code: 'TOKEN_MISSING', message: expect.any(String) }]);
  const options = { auth: { token }, ...header(`Bearer ${bob.token}`) };
  expect(await readyWith(options)).toMatchObject({ userId: bob.id });
});

test.each([[0], [false], [{}], [['x']]])('a token of %j is not a valid one', async (token) => {
  const { data } = await refusedConnection(`${server.url}/chat`, { auth: { token } });
  expect(data).toMatchObject({ code: 'TOKEN_INVALID' });
});

test('a token in the query is not taken', async () => {
  const { data } = await refusedConnection(`${server.url}/chat`, { query: { token: ada.token } });
  expect(data).toMatchObject({ code: 'TOKEN_MISSING' });
});

test('ready has the user of the socket and the expiry, once, and nothing else', async () => {
  const before = Date.now();
  const ready = await readyWith({ auth: { token: ada.token } });
  const { sid, exp } = decodeJwt(ada.token);
  expect(ready).toEqual({
    userId: ada.id,
    sessionId: sid,
    expiresAt: new Date(Number(exp) * 1_000).toISOString(),
    epoch: expect.stringMatching(/^[0-9a-f]{12}$/),
    serverTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  const serverTime = Date.parse(String(ready['serverTime']));
  expect(serverTime).toBeGreaterThanOrEqual(before);
  expect(serverTime).toBeLessThanOrEqual(Date.now());
  await socket?.settle();
  expect(socket?.all('ready')).toHaveLength(1);
});
