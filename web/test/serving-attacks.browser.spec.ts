import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { TestServer } from '../../test/support/test-server.js';
import { webTest as it } from './support/web-test.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a path as it is written: `fetch` would resolve the dots. */
async function send(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

const assetOf = async (url: string) => / src="([^"]+)"/.exec((await send(url, '/')).body)?.[1] ?? '';

it.for([
  '/../package.json',
  '/assets/../index.html',
  '/assets/%2e%2e/index.html',
  '/assets/..%2findex.html',
  '/assets/..%5cindex.html',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/index.html%00',
  '/index.html.br',
  '/favicon.svg.gz',
  '//login',
  '/login%2f',
  '/LOGIN',
  '/c/../login',
  '/c/%zz',
  '/uploads/../login',
])('%s is refused, and shows no file', async (path, { server }) => {
  const { status, headers, body } = await send(server.url, path);
  expect([400, 404]).toContain(status);
  expect(headers['content-type']).toContain('application/json');
  expect(JSON.parse(body)).toMatchObject({ statusCode: status });
});

it.for(['/auth', '/users/none/else', '/posts/x/y', '/chat', '/uploads', '/health/x', '/api', '/socket'])(
  '%s is no page, whatever a browser accepts',
  async (path, { server }) => {
    const { headers } = await send(server.url, path, { accept: 'text/html' });
    expect(headers['content-type']).toContain('application/json');
  },
);

it('answers HEAD with the length, and no body', async ({ server }) => {
  for (const path of ['/login', await assetOf(server.url)]) {
    const [whole, head] = [await send(server.url, path), await send(server.url, path, {}, 'HEAD')];
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  }
});

it.for(['bytes=0-9', 'bytes=5-1', 'bytes=-0', `bytes=${'0-1,'.repeat(500)}`])(
  'answers the range %s with the whole file',
  async (range, { server }) => {
    const path = await assetOf(server.url);
    const { status, body } = await send(server.url, path, { range });
    expect([status, body]).toEqual([200, (await send(server.url, path)).body]);
  },
);

it.for(['zstd', '*', ';;,,q=', 'br;q=2', 'identity;q=0, *;q=0', `${'x;q=0.1, '.repeat(500)}gzip`])(
  'answers to the encodings %s what they allow, or the file itself',
  async (accepted, { server }) => {
    const { status, headers } = await send(server.url, '/login', { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect([undefined, 'br', 'gzip']).toContain(headers['content-encoding']);
  },
);

it('knows its content in lists and from caches, and sends its policy with it', async ({ server }) => {
  const { headers } = await send(server.url, '/login');
  const etag = String(headers['etag']);
  for (const known of [etag, `"other", ${etag}`, `${etag},"other"`]) {
    const again = await send(server.url, '/login', { 'if-none-match': known });
    expect([again.status, again.body]).toEqual([304, '']);
    expect(again.headers['content-security-policy']).toBe(headers['content-security-policy']);
  }
  for (const other of ['', ',', '"other"', etag.slice(0, -2)]) {
    expect((await send(server.url, '/login', { 'if-none-match': other })).status).toBe(200);
  }
});

it('has its policy on every page, which no cache keeps without asking', async ({ server }) => {
  for (const path of [
    '/',
    '/i/secret',
    '/c/%2f',
    `/c/${'x'.repeat(90)}`,
    '/c/<script>',
    '/login?next=//evil',
  ]) {
    const { status, headers, body } = await send(server.url, path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
    expect(body).not.toContain('evil');
  }
});

it('shows no token of an invite in its log', async () => {
  const server = await TestServer.start({ WEB: 'on', LOG_LEVEL: 'trace' });
  onTestFinished(() => server.stop());
  const secret = 'secret-of-an-invite';
  for (const path of [
    `/i/${secret}`,
    `/i/${secret}/`,
    `/i//${secret}`,
    `/%69/${secret}`,
    `/I/${secret}?a=${secret}`,
  ]) {
    await send(server.url, path);
  }
  expect(server.logText).not.toContain(secret);
});

it('counts files that are no assets, too', async () => {
  const server = await TestServer.start({ WEB: 'on', THROTTLE_GLOBAL_LIMIT: '1' });
  onTestFinished(() => server.stop());
  const answers = [];
  for (let count = 0; count < 3; count += 1) answers.push((await send(server.url, '/favicon.svg')).status);
  expect(answers).toContain(429);
});

it('left out, no address of it is there', async () => {
  const server = await TestServer.start({ WEB: 'off' });
  onTestFinished(() => server.stop());
  for (const path of ['/login', '/c/1', '/i/secret', '/assets/index.js', '/favicon.svg', '/index.html']) {
    const { status, body } = await send(server.url, path);
    expect([status, JSON.parse(body)]).toMatchObject([404, { code: 'ROUTE_NOT_FOUND' }]);
  }
});
