import { createHash } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { apiTest as it } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';

async function page({ url }: TestServer, path = '/') {
  const response = await fetch(url + path);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const linksOf = (text: string) => [...text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);

it('is a page whose links lead somewhere', async ({ server }) => {
  const { status, headers, text } = await page(server);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const links = linksOf(text);
  expect(links).toEqual([
    '/api/docs',
    '/api/docs/socket',
    '/api/docs/realtime.md',
    '/api/docs/errors.md',
    '/api/docs-json',
    '/health',
    '/health/ready',
  ]);
  for (const link of links) expect((await fetch(server.url + link)).status).toBe(200);
});

it('names the two examples, and where they find this server', async ({ server }) => {
  const { text } = await page(server);
  for (const example of ['examples/listen.mjs', 'examples/send.mjs']) {
    expect(text).toContain(`CAUSERIE_URL=http://localhost:${new URL(server.url).port} node ${example}`);
  }
});

it.for(['/', '/?from=elsewhere'])(
  'runs nothing and loads nothing: its style is all that %s may have',
  async (path, { server }) => {
    const { headers, text } = await page(server, path);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|<img|<link|style=/);
  },
);

it('leads to no page that is not served', async () => {
  const closed = await TestServer.start({ API_DOCS: 'false' });
  onTestFinished(() => closed.stop());
  expect(linksOf((await page(closed)).text)).toEqual(['/health', '/health/ready']);
});

it('counts like every other route', async () => {
  const limited = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: '2' });
  onTestFinished(() => limited.stop());
  const statuses = [await page(limited), await page(limited), await page(limited)].map(
    ({ status }) => status,
  );
  expect(statuses).toEqual([200, 200, 429]);
});
