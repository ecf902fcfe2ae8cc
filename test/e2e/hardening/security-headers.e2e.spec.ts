import { expect } from 'vitest';
import { apiTest as it } from '../../support/api-test.js';

const POLICY = {
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-powered-by': null,
  server: null,
};
const LOCKED = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const DATA = {
  ...POLICY,
  'content-security-policy': `default-src 'none'; ${LOCKED}`,
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function expectHeaders({ headers }: Response, expected: Record<string, string | null>): void {
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]))).toEqual(
    expected,
  );
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
}

const json = { 'content-type': 'application/json' };
const polling = '/socket.io/?EIO=4&transport=polling';
const chat = '/chat/conversations';

it.for<[number, string, string, RequestInit?]>([
  [200, 'GET', '/health'],
  [200, 'GET', '/users/me'],
  [200, 'GET', '/posts'],
  [200, 'GET', chat],
  [201, 'POST', chat, { headers: json, body: '{"memberIds":[]}' }],
  [400, 'POST', chat, { headers: json, body: '{' }],
  [400, 'GET', '/%zz'],
  [400, 'GET', `${chat}/${'x'.repeat(2_000)}`],
  [401, 'GET', chat, { headers: { authorization: '' } }],
  [404, 'GET', '/nowhere'],
  [404, 'HEAD', '/nowhere'],
  [405, 'OPTIONS', chat],
  [413, 'POST', '/auth/login', { headers: json, body: ' '.repeat(102_401) }],
  [415, 'POST', '/auth/login', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
  [200, 'GET', '/api/docs-json'],
  [200, 'GET', polling],
  [400, 'GET', `${polling}&sid=unknown`],
  [400, 'GET', '/socket.io/?EIO=4&transport=pigeon'],
  [400, 'GET', '/socket.io/socket.io.js'],
])(
  'are on a %d of %s %s, which is not cached',
  async ([status, method, path, init = {}], { server, user }) => {
    const headers = { authorization: `Bearer ${user.token}`, ...(init.headers as Record<string, string>) };
    const response = await fetch(server.url + path, { ...init, method, headers });
    await response.arrayBuffer();
    expect(response.status).toBe(status);
    expectHeaders(response, DATA);
  },
);

it.for(['/api/docs', '/api/docs/', '/api/docs/swagger-ui-init.js', '/api/docs/swagger-ui.css'])(
  'let %s be a page of its own files',
  async (path, { server }) => {
    const response = await fetch(server.url + path);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    expectHeaders(response, {
      ...POLICY,
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
        `img-src 'self' data: blob:; connect-src 'self'; ${LOCKED}`,
      'cache-control': path.endsWith('.css') ? 'public, max-age=0' : 'no-store',
    });
  },
);

it('let pages of other origins show avatars, and nothing be kept of one that is not there', async ({
  server,
}) => {
  const response = await fetch(`${server.url}/uploads/avatars/nobody.png`);
  await response.arrayBuffer();
  expect(response.status).toBe(404);
  expectHeaders(response, { ...DATA, 'cross-origin-resource-policy': 'cross-origin' });
});

it('name the request also where Socket.IO answers', async ({ server }) => {
  const headers = { 'x-request-id': 'caller-1' };
  for (const path of [polling, `${polling}&sid=unknown`]) {
    const response = await fetch(server.url + path, { headers });
    await response.arrayBuffer();
    expect(response.headers.get('x-request-id')).toBe('caller-1');
  }
});
