import { expect, onTestFinished } from 'vitest';
import { TestServer } from '../../test/support/test-server.js';
import { webTest as it } from './support/web-test.ts';

const ADDRESSES = [
  '/',
  '/login',
  '/signup',
  '/new',
  '/c/1',
  '/c/1/m/5',
  '/c/1/t/2',
  '/c/1/details',
  '/i/token',
  '/threads',
  '/mentions',
  '/settings',
  '/settings/profile',
  '/settings/devices',
  '/settings/notifications',
  '/settings/privacy',
  '/settings/appearance',
];

/** The paths of the files that the page loads. */
const linked = (page: string): string[] =>
  [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);

async function start(variables: Record<string, string>): Promise<TestServer> {
  const server = await TestServer.start(variables);
  onTestFinished(() => server.stop());
  return server;
}

it('is one page at each of its addresses', async ({ server }) => {
  const first = await (await fetch(server.url)).text();
  for (const address of [...ADDRESSES, '/?a=b']) {
    const response = await fetch(server.url + address);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toBe(first);
  }
});

it.for([
  '/nothing',
  '/c',
  '/c/1/x',
  '/settings/else',
  '/login/',
  '/assets/',
  '/assets/none.js',
  '/index.html',
])('%s is no page', async (path, { server }) => {
  const response = await fetch(server.url + path);
  expect([response.status, await response.json()]).toMatchObject([404, { code: 'ROUTE_NOT_FOUND' }]);
});

it('refuses other methods than GET and HEAD', async ({ server }) => {
  expect((await fetch(`${server.url}/login`, { method: 'HEAD' })).status).toBe(200);
  const response = await fetch(`${server.url}/login`, { method: 'POST' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

it('runs and loads its own files only, and is in no frame', async ({ server }) => {
  const { headers } = await fetch(server.url);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
      "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
      "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'",
  );
  expect(headers.get('x-frame-options')).toBe('DENY');
});

it('is in frames of the origins that the settings name', async () => {
  const server = await start({
    WEB: 'on',
    WEB_FRAME_ANCESTORS: 'https://a.example, https://b.example:8443',
  });
  const { headers } = await fetch(`${server.url}/login`);
  expect(headers.get('content-security-policy')).toContain(
    'frame-ancestors https://a.example https://b.example:8443',
  );
  expect(headers.has('x-frame-options')).toBe(false);
  // Answers of the API stay in no frame.
  expect((await fetch(`${server.url}/health`)).headers.get('x-frame-options')).toBe('DENY');
});

it('gives files names of their content, for a year, as small as the browser can read them', async ({
  server,
}) => {
  const page = await (await fetch(server.url)).text();
  const assets = linked(page).filter((path) => path.startsWith('/assets/'));
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const path of assets) {
    const whole = await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } });
    expect(whole.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(whole.headers.get('content-encoding')).toBe(null);
    expect(whole.headers.get('vary')).toContain('Accept-Encoding');
    const text = await whole.text();
    for (const [accepted, encoding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['deflate', null],
    ]) {
      const answer = await fetch(server.url + path, { headers: { 'accept-encoding': accepted ?? '' } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(await answer.text()).toBe(text);
    }
  }
});

it('sends nothing that the browser has', async ({ server }) => {
  for (const path of ['/', '/favicon.svg']) {
    const etag = (await fetch(server.url + path)).headers.get('etag') ?? '';
    const again = await fetch(server.url + path, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await fetch(server.url + path, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  }
});

it('links nothing that is not there', async ({ server }) => {
  const page = await (await fetch(server.url)).text();
  const answers = await Promise.all(linked(page).map((path) => fetch(server.url + path)));
  expect(answers.filter(({ status }) => status !== 200).map(({ url }) => url)).toEqual([]);
});

it('names what it is made of, with the licences', async ({ server }) => {
  const response = await fetch(`${server.url}/licenses.txt`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await response.text();
  for (const name of ['react-dom', 'socket.io-client', 'wouter', 'lucide-react', 'emojibase-data'])
    expect(text).toContain(`## ${name}`);
  expect(text.match(/Permission (?:is hereby granted|to use)/g)?.length).toBeGreaterThan(20);
});

it('counts like every other route', async () => {
  const server = await start({ WEB: 'on', THROTTLE_GLOBAL_LIMIT: '2' });
  const statuses = [];
  for (const path of ['/', '/login', '/c/1']) statuses.push((await fetch(server.url + path)).status);
  expect(statuses).toEqual([200, 200, 429]);
});

it('can be left out: the API alone is served', async () => {
  const server = await start({ WEB: 'off' });
  expect(await (await fetch(server.url)).text()).toContain('A chat server is running here');
  expect((await fetch(`${server.url}/login`)).status).toBe(404);
});
