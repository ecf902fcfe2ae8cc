import { STATUS_CODES } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { request, UNKNOWN_ID } from './support.js';

const GENERATED = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const it = apiTest.extend('steps', PER_FILE, ({ server, user }) => ({
  ask: (method: string, path: string, init: RequestInit, id?: string) =>
    request(server.url, path, {
      ...init,
      method,
      headers: {
        authorization: `Bearer ${user.token}`,
        ...(init.headers as Record<string, string>),
        ...(id === undefined ? {} : { 'x-request-id': id }),
      },
    }),
}));

const json = { 'content-type': 'application/json' };
const answers: [number, string, string, RequestInit][] = [
  [200, 'GET', '/health', {}],
  [200, 'GET', '/health/live', {}],
  [200, 'GET', '/chat/conversations', {}],
  [201, 'POST', '/chat/conversations', { headers: json, body: '{"memberIds":[]}' }],
  [400, 'POST', '/chat/conversations', { headers: json, body: '{}' }],
  [400, 'POST', '/chat/conversations', { headers: json, body: '{' }],
  [400, 'GET', '/%zz', {}],
  [400, 'GET', `/chat/conversations/${'x'.repeat(2_000)}`, {}],
  [401, 'GET', '/chat/conversations', { headers: { authorization: 'Bearer nonsense' } }],
  [404, 'GET', '/nowhere', {}],
  [404, 'HEAD', '/nowhere', {}],
  [404, 'GET', `/chat/conversations/${UNKNOWN_ID}`, {}],
  [413, 'POST', '/auth/login', { headers: json, body: ' '.repeat(102_401) }],
  [415, 'POST', '/auth/login', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
];

it.for(answers)('is on a %d of %s %s', async ([status, method, path, init], { steps }) => {
  const own = await steps.ask(method, path, init);
  expect(own.status).toBe(status);
  expect(own.headers.get('x-request-id')).toMatch(GENERATED);
  const given = await steps.ask(method, path, init, 'caller-1');
  expect(given.headers.get('x-request-id')).toBe('caller-1');
  const inBody = status >= 400 && method !== 'HEAD' ? given.body.requestId : 'caller-1';
  expect(inBody).toBe('caller-1');
});

it('is on the documentation', async ({ server }) => {
  const response = await fetch(`${server.url}/api/docs`, { headers: { 'x-request-id': 'docs' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-request-id')).toBe('docs');
  await response.body?.cancel();
});

it('is another one at each request', async ({ server }) => {
  const all = await Promise.all(Array.from({ length: 20 }, () => server.call('GET', '/health')));
  expect(new Set(all.map(({ headers }) => headers.get('x-request-id'))).size).toBe(20);
});

it.for([
  ['one character', 'x'],
  ['64 characters', 'y'.repeat(64)],
  ['all kinds of printable characters', `a B!"#$%&'()*+,-./:;<=>?@[\\]^_{|}~\``],
] as const)('keeps a sane one: %s', async ([_label, id], { steps }) => {
  const { headers } = await steps.ask('GET', '/health', {}, id);
  expect(headers.get('x-request-id')).toBe(id);
});

it.for([
  ['65 characters', 'y'.repeat(65)],
  ['nothing', ''],
  ['an accent', 'é'],
  ['a tab inside', 'a\tb'],
  ['a hard space inside', 'a\u00a0b'],
] as const)('replaces an odd one: %s', async ([_label, id], { steps }) => {
  const { status, headers } = await steps.ask('GET', '/health', {}, id);
  expect(status).toBe(200);
  expect(headers.get('x-request-id')).toMatch(GENERATED);
});

it.for<[string, string, number?, string?]>([
  ['no HTTP at all', 'EHLO mail.example\r\n\r\n'],
  ['an unknown method', 'CHAT / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['two lengths', 'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
  [
    'headers beyond measure',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
    431,
    'HEADERS_TOO_LARGE',
  ],
])(
  'is on the answer to %s',
  async ([_label, bytes, statusCode = 400, code = 'VALIDATION_FAILED'], { server }) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(bytes);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head.split('\r\n', 1)).toEqual([`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`]);
    const error = JSON.parse(body);
    expect(error).toStrictEqual({
      statusCode,
      error: STATUS_CODES[statusCode],
      code,
      message: expect.stringMatching(/\.$/),
      requestId: expect.stringMatching(GENERATED),
      timestamp: expect.stringMatching(/Z$/),
      path: '',
      details: [],
    });
    expect(head).toContain(`x-request-id: ${error.requestId}`);
  },
);
