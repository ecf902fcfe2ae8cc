import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { TestServer } from '../../support/test-server.js';

const APP = 'https://app.example.com';
const ADMIN = 'http://admin.example.com:8080';
const STRANGER = 'https://app.example.com.evil.example';

async function startForTest(CORS_ORIGINS: string): Promise<TestServer> {
  const server = await TestServer.start({ CORS_ORIGINS });
  onTestFinished(() => server.stop());
  return server;
}

async function ask(server: TestServer, path: string, origin: string, init: RequestInit = {}) {
  const headers = { origin, ...(init.headers as Record<string, string>) };
  const response = await fetch(server.url + path, { ...init, headers });
  const text = await response.text();
  const allow = (name: string) => response.headers.get(`access-control-${name}`);
  return { status: response.status, headers: response.headers, text, allow };
}

type Asked = OutgoingHttpHeaders & { readonly method?: string };

const preflight = (method: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type',
  },
});

const paths = ['/health', '/nowhere', '/users/me', '/socket.io/?EIO=4&transport=polling'];
const STATUS = [200, 404, 401, 200];

describe('with CORS_ORIGINS', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ CORS_ORIGINS: `${APP}, ${ADMIN}` })));
  afterAll(() => server.stop());

  describe.each([APP, ADMIN])('%s', (origin) => {
    it.each(paths)('reads the answer of %s, errors included', async (path) => {
      const { status, allow, headers } = await ask(server, path, origin);
      expect(status).toBe(STATUS[paths.indexOf(path)]);
      expect(allow('allow-origin')).toBe(origin);
      expect(allow('allow-credentials')).toBe('true');
      expect(allow('expose-headers')?.split(/, ?/)).toEqual(['x-request-id', 'retry-after']);
      expect(headers.get('vary')?.toLowerCase()).toContain('origin');
    });

    it.each([
      ['/users/me', 'PUT'],
      ['/posts/1', 'PATCH'],
      ['/chat/conversations', 'POST'],
      ['/users/me', 'DELETE'],
    ])('may ask %s for %s', async (path, method) => {
      const { status, allow, headers, text } = await ask(server, path, origin, preflight(method));
      expect([status, text]).toEqual([204, '']);
      expect(allow('allow-origin')).toBe(origin);
      expect(allow('allow-methods')).toContain(method);
      expect(allow('allow-headers')).toBe('authorization,content-type');
      expect(allow('max-age')).toBe('600');
      expect(headers.get('x-request-id')).toMatch(/./);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  it('may send any header that its page requests, such as those of tracing', async () => {
    const asked = 'authorization,baggage,sentry-trace,traceparent,x-anything';
    const { status, allow, headers } = await ask(server, '/chat/conversations', APP, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
    });
    expect([status, allow('allow-headers')]).toEqual([204, asked]);
    expect(headers.get('vary')).toMatch(/access-control-request-headers/i);
    const usual = await ask(server, '/chat/conversations', APP, { method: 'OPTIONS' });
    expect(usual.allow('allow-headers')).toBe('authorization, content-type, idempotency-key, x-request-id');
  });

  it.each([
    ['/%zz', {}, 400],
    ['/health', { expect: 'miracles' }, 417],
    ['/auth/login', { host: 'a', method: 'POST', 'transfer-encoding': 'gzip, chunked' }, 501],
    ['/health', { method: 'PUT' }, 405],
  ])('reads the refusal of %s with %j', async (path, { method = 'GET', ...headers }: Asked, status) => {
    const sent = request(server.url + path, { method, headers: { ...headers, origin: APP }, agent: false });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id, retry-after',
      vary: 'Origin',
    });
    answer.resume();
  });

  it.each([STRANGER, 'http://app.example.com', 'https://APP.example.com', 'null'])(
    'lets no page of %s read anything, and sends its browser no CORS headers',
    async (origin) => {
      for (const path of paths.slice(0, 3)) {
        const { allow, headers } = await ask(server, path, origin);
        expect([allow('allow-origin'), allow('allow-credentials')]).toEqual([null, null]);
        expect(headers.get('vary')?.toLowerCase()).toContain('origin');
      }
      const asked = await ask(server, '/users/me', origin, preflight('PUT'));
      expect(asked.status).toBe(405);
      expect(JSON.parse(asked.text).code).toBe('METHOD_NOT_ALLOWED');
      expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('answers an OPTIONS of no browser as a method that no route has', async () => {
    expect((await server.call('OPTIONS', '/users/me')).body.code).toBe('METHOD_NOT_ALLOWED');
  });
});

describe('with the origins of apps, and null', () => {
  const NATIVE = ['capacitor://localhost', 'tauri://localhost', `chrome-extension://${'b'.repeat(32)}`];
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ CORS_ORIGINS: [...NATIVE, 'null'].join(',') })));
  afterAll(() => server.stop());

  it.each([
    ...NATIVE.map((origin) => [origin, 'true'] as const),
    // The origin `null` belongs to no site, so credentials are never allowed.
    ['null', null] as const,
  ])('%s may read the answers, with credentials: %s', async (origin, credentials) => {
    for (const [index, path] of paths.entries()) {
      const { status, allow, headers } = await ask(server, path, origin);
      expect([status, allow('allow-origin')]).toEqual([STATUS[index], origin]);
      expect(allow('allow-credentials')).toBe(credentials);
      expect(headers.get('vary')?.toLowerCase()).toContain('origin');
    }
    const asked = await ask(server, '/users/me', origin, preflight('PUT'));
    expect([asked.status, asked.allow('allow-origin'), asked.allow('allow-credentials')]).toEqual([
      204,
      origin,
      credentials,
    ]);
  });

  it.each(['capacitor://localhost.evil', 'ionic://localhost', 'chrome-extension://c', 'NULL'])(
    '%s may not',
    async (origin) => {
      const { allow } = await ask(server, '/health', origin);
      expect([allow('allow-origin'), allow('allow-credentials')]).toEqual([null, null]);
    },
  );
});

it('has no CORS headers when no origin is listed', async () => {
  const server = await startForTest('');
  for (const path of ['/health', '/nowhere']) {
    const { headers } = await ask(server, path, APP);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  expect((await ask(server, '/users/me', APP, preflight('PUT'))).status).toBe(405);
});

it('accepts every origin with *, but without credentials', async () => {
  const server = await startForTest('*');
  for (const [index, path] of paths.entries()) {
    const { status, allow } = await ask(server, path, STRANGER);
    expect([status, allow('allow-origin'), allow('allow-credentials')]).toEqual([STATUS[index], '*', null]);
  }
  const asked = await ask(server, '/users/me', STRANGER, preflight('PUT'));
  expect([asked.status, asked.allow('allow-origin'), asked.allow('allow-credentials')]).toEqual([
    204,
    '*',
    null,
  ]);
});
