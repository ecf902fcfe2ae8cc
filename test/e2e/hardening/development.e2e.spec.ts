import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';
import { WatchedLog } from '../../support/watched-log.js';

const PAGES = [
  'http://localhost:5173',
  'https://localhost:4433',
  'http://app.localhost:8080',
  'http://127.0.0.1:5173',
  'http://[::1]:5173',
];
const STRANGERS = [
  'http://localhost.evil.example:5173',
  'http://127.0.0.1.evil.example',
  'http://evil.example:5173',
  'http://0.0.0.0:5173',
  'http://user@localhost:5173',
  'http://LOCALHOST:5173',
  'capacitor://localhost',
  'null',
];
/** The settings of a developer who sets nothing. */
const LIMITS = { THROTTLE_GLOBAL_LIMIT: '120', THROTTLE_AUTH_LIMIT: '5', THROTTLE_REFRESH_LIMIT: '60' };

const readBy = async ({ url }: TestServer, path: string, origin: string, method = 'GET') => {
  const response = await fetch(url + path, { method, headers: { origin } });
  await response.arrayBuffer();
  return response.headers.get('access-control-allow-origin');
};
const POLL = '/socket.io/?EIO=4&transport=polling';

const it = apiTest.extend('variables', PER_FILE, { NODE_ENV: 'development', ...LIMITS });

describe('a development server on loopback', () => {
  it.for(PAGES)(
    'may be used by a page of %s, which runs on this machine',
    async (origin, { server, connect }) => {
      for (const path of ['/health', '/users/me', POLL])
        expect(await readBy(server, path, origin)).toBe(origin);
      expect(await readBy(server, '/users/me', origin, 'OPTIONS')).toBe(origin);
      const { token } = await server.signUp();
      for (const transport of ['polling', 'websocket']) {
        const socket = await connect({ token }, { transports: [transport], extraHeaders: { origin } });
        expect(socket.client.connected).toBe(true);
      }
    },
  );

  it.for(STRANGERS)('not by one of %s', async (origin, { server }) => {
    for (const path of ['/health', POLL]) expect(await readBy(server, path, origin)).toBeNull();
  });

  it('logs what to do about a page that it refuses', async ({ server }) => {
    await readBy(server, '/health', 'http://elsewhere.example');
    const [line] = WatchedLog.ofServer.get(server.url)?.linesOf('Origins') ?? [];
    expect(line?.['msg']).toMatch(/If it is yours, add it to CORS_ORIGINS\.$/);
  });
});

it.each([
  ['that a proxy stands in front of', { NODE_ENV: 'development', TRUST_PROXY: '1' }],
  ['that is none for development', {}],
])('a server %s takes no page of loopback for its own', async (_, variables) => {
  const server = await TestServer.start(variables);
  for (const origin of PAGES) expect(await readBy(server, '/health', origin)).toBeNull();
  await server.stop();
});

it('a page whose effects run twice may log in and refresh at each of many reloads', async () => {
  const server = await TestServer.start({ NODE_ENV: 'development', ...LIMITS });
  const { email } = await server.signUp();
  const password = 'correct horse battery';
  const logIn = () => server.call('POST', '/auth/login', { body: { email, password } });
  const refresh = (refreshToken: string) => server.call('POST', '/auth/refresh', { body: { refreshToken } });
  for (let reload = 0; reload < 12; reload += 1) {
    const [one, two] = await Promise.all([logIn(), logIn()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    const token = one.body.refreshToken;
    const again = await Promise.all([refresh(token), refresh(token)]);
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
  }
  await server.stop();
});
