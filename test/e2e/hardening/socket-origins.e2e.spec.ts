import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { WatchedLog } from '../../support/watched-log.js';

const APP = 'https://app.example.com';
const STRANGER = 'https://app.example.com.evil.example';

/** The status with which a WebSocket or a poll is opened, and the body of the answer. */
function open(server: TestServer, transport: string, headers: Record<string, string>, more = '') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    id: string | string[] | undefined;
  }>();
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const sent = request(`${server.url}/socket.io/?EIO=4&transport=${transport}${more}`, {
    headers: { ...(transport === 'websocket' && upgrade), ...headers },
    agent: false,
  });
  const answered = (status: number | undefined, id: string | string[] | undefined) => {
    resolve({ status, id });
    sent.destroy();
  };
  sent.once('upgrade', ({ statusCode, headers: got }, socket) => {
    socket.destroy();
    answered(statusCode, got['x-request-id']);
  });
  sent.once('response', ({ statusCode, headers: got }) => answered(statusCode, got['x-request-id']));
  sent.once('error', reject);
  sent.end();
  return promise;
}

describe.each([
  ['polling', 200],
  ['websocket', 101],
])('by %s', (transport, opened) => {
  let listing: TestServer;
  let alone: TestServer;
  let everybody: TestServer;

  beforeAll(async () => {
    [listing, alone, everybody] = (await Promise.all(
      [APP, '', '*'].map((CORS_ORIGINS) => TestServer.start({ CORS_ORIGINS })),
    )) as [TestServer, TestServer, TestServer];
  });
  afterAll(() => Promise.all([listing, alone, everybody].map((server) => server.stop())));

  const status = async (server: TestServer, headers: Record<string, string>) =>
    (await open(server, transport, headers)).status;

  it('accepts clients that are not browsers', async () => {
    expect(await status(listing, {})).toBe(opened);
    expect(await status(alone, {})).toBe(opened);
  });

  it('accepts listed origins, and with * all of them', async () => {
    expect(await status(listing, { origin: APP })).toBe(opened);
    expect(await status(everybody, { origin: STRANGER })).toBe(opened);
  });

  it('accepts pages of its own origin, also behind a proxy that terminates TLS', async () => {
    for (const server of [listing, alone]) {
      expect(await status(server, { origin: server.url })).toBe(opened);
      const host = 'chat.example.com';
      expect(await status(server, { host, origin: `https://${host}` })).toBe(opened);
      expect(await status(server, { host: `${host}:443`, origin: `https://${host}` })).toBe(opened);
      expect(await status(server, { host: '[::1]:3000', origin: 'http://[::1]:3000' })).toBe(opened);
    }
  });

  it.each([
    STRANGER,
    'http://app.example.com',
    'https://chat.example.com:8443',
    'https://chat.example.com.',
    'ftp://chat.example.com',
    'null',
    'file://',
    '',
    'nonsense',
  ])('refuses a page of %j with 403', async (origin) => {
    for (const server of [listing, alone]) {
      expect(await status(server, { host: 'chat.example.com', origin })).toBe(403);
    }
  });

  it.each(['&sid=', '&sid=x&sid='])(
    'refuses a stranger that opens a connection with %j as well',
    async (more) => {
      for (const server of [listing, alone])
        expect((await open(server, transport, { origin: STRANGER }, more)).status).toBe(403);
    },
  );

  it('has the id of the request that opened it', async () => {
    expect((await open(alone, transport, { 'x-request-id': 'caller-1' })).id).toBe('caller-1');
  });
});

describe('behind a proxy that passes on another host', () => {
  const HOST = 'chat.example.com';
  const ask = async (server: TestServer, forwarded: string, origin = `https://${HOST}`) => {
    const headers = { host: 'internal:3000', origin, 'x-forwarded-host': forwarded };
    return (await open(server, 'websocket', headers)).status;
  };

  it('X-Forwarded-Host is the host when TRUST_PROXY is set: the host that was requested from the outermost proxy', async () => {
    const server = await TestServer.start({ TRUST_PROXY: '2' });
    onTestFinished(() => server.stop());
    expect(await ask(server, HOST)).toBe(101);
    expect(await ask(server, `${HOST}, internal`)).toBe(101);
    expect(await ask(server, `forged.example, ${HOST}, internal`)).toBe(101);
    expect(await ask(server, `${HOST}, forged.example, internal`)).toBe(403);
    expect(await ask(server, 'other.example')).toBe(403);
    expect(await ask(server, '')).toBe(403);
    expect(await ask(server, 'x', 'http://internal:3000')).toBe(101);
  });

  it('and not otherwise', async () => {
    const server = await TestServer.start();
    onTestFinished(() => server.stop());
    expect(await ask(server, HOST)).toBe(403);
  });
});

it('a refused origin is logged once a minute, with the host that did not match, in printable characters', async () => {
  const server = await TestServer.start({ CORS_ORIGINS: APP });
  onTestFinished(() => server.stop());
  const origin = `https://\u0085evil\u00e9.example/${'x'.repeat(1_000)}`;
  const host = 'chat.example.com';
  for (const transport of ['websocket', 'polling', 'polling']) {
    expect((await open(server, transport, { host, origin })).status).toBe(403);
  }
  await fetch(`${server.url}/health`, { headers: { origin: STRANGER } });
  const lines = WatchedLog.ofServer.get(server.url)?.linesOf('Origins') ?? [];
  expect(lines).toHaveLength(1);
  const [{ msg }] = lines as [{ msg: string }];
  expect(msg).toContain('"https://\\u0085evil\\u00e9.example/xxx');
  expect(msg).toContain(`"${host}"`);
  expect(msg).toMatch(/^[\x20-\x7e…]{1,500}$/);
});

it('pages of the own or a listed origin, and clients without an origin, are not logged', async () => {
  const server = await TestServer.start({ CORS_ORIGINS: APP });
  onTestFinished(() => server.stop());
  for (const headers of [{ origin: APP }, { origin: server.url }, {}] as Record<string, string>[]) {
    await open(server, 'polling', headers);
    await fetch(`${server.url}/health`, { headers });
  }
  expect(WatchedLog.ofServer.get(server.url)?.linesOf('Origins')).toEqual([]);
});

it('works for the stock client of a listed page, over both transports', async () => {
  const server = await TestServer.start({ CORS_ORIGINS: APP });
  try {
    const { token } = await server.signUp();
    for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
      const socket = await TestSocket.connect(server.url, token, {
        transports,
        extraHeaders: { origin: APP },
      });
      await socket.settle();
      socket.close();
      const refused = TestSocket.connect(server.url, token, {
        transports,
        extraHeaders: { origin: STRANGER },
      });
      await expect(refused).rejects.toMatchObject({ type: 'TransportError' });
    }
  } finally {
    await server.stop();
  }
});
