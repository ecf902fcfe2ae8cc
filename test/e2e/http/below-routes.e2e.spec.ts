import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { RawPolling } from '../ws/raw-polling.js';
import { refusal, request } from './support.js';

let server: TestServer;
const sockets: Socket[] = [];

beforeAll(async () => {
  const limits = { headersTimeout: 300, requestTimeout: 600, checkInterval: 50, maxHeaderSize: 4_096 };
  server = await TestServer.start({}, undefined, limits);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(() => server.stop());

/** Everything that is received for these bytes, until the server closes the connection. */
async function send(...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  return text(socket);
}

/** The answers in the received bytes, checked to the letter. */
function answersIn(came: string): { outcome: string; headers: Headers; paths: string[]; path: string }[] {
  const answers = came.split(/(?=HTTP\/1\.1 \d)/).filter((answer) => !answer.startsWith('HTTP/1.1 100 '));
  return answers.map((answer) => {
    const [head = '', content = ''] = answer.split('\r\n\r\n');
    const [first = '', ...lines] = head.split('\r\n');
    const headers = new Headers(lines.map((line) => line.split(': ', 2) as [string, string]));
    assert.equal(headers.get('content-length'), String(Buffer.byteLength(content)));
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    const body = JSON.parse(content);
    const status = Number(first.split(' ')[1]);
    if (status === 200) return { outcome: '200', headers, paths: [], path: '' };
    const { path } = body;
    // A request that could not be read has no path.
    const outcome = refusal({ status, headers, body: { ...body, path: path === '' ? '/' : path } });
    return { outcome, headers, paths: body.details.map((detail: { path: string }) => detail.path), path };
  });
}

const POST =
  'POST /auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
const WEBSOCKET = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
const CLOSE = 'Host: x\r\nConnection: close\r\n\r\n';
const ENGINE = '/socket.io/?EIO=4&transport';

describe('a refusal by any layer has the shape of all others, and there is exactly one', () => {
  it.each([
    [
      'headers too large',
      `GET /health HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(5_000)}\r\n\r\n`,
      '431 HEADERS_TOO_LARGE',
    ],
    [
      'headers far too large',
      `GET /health HTTP/1.1\r\nCookie: ${'a'.repeat(900_000)}\r\n\r\n`,
      '431 HEADERS_TOO_LARGE',
    ],
    ['an address too long', `GET /${'a'.repeat(5_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, '431 HEADERS_TOO_LARGE'],
    ['headers that do not end', 'GET /health HTTP/1.1\r\nHost: x\r\n', '408 REQUEST_TIMEOUT'],
    ['a body that does not end', `${POST}Content-Length: 9\r\n\r\n{`, '408 REQUEST_TIMEOUT', '/auth/login'],
    [
      'no host',
      'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n',
      '400 VALIDATION_FAILED',
      '/health',
      'host',
    ],
    [
      'a miracle expected',
      `${POST}Expect: miracles\r\nContent-Length: 2\r\n\r\n{}`,
      '417 EXPECTATION_FAILED',
      '/auth/login',
    ],
    [
      'a packed transfer',
      `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      '501 UNSUPPORTED_TRANSFER_ENCODING',
      '/auth/login',
    ],
    [
      'another transfer',
      `${POST}Transfer-Encoding: gzip\r\n\r\n{}`,
      '501 UNSUPPORTED_TRANSFER_ENCODING',
      '/auth/login',
    ],
    [
      'broken chunks',
      `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      '400 VALIDATION_FAILED',
      '/auth/login',
    ],
    [
      'chunks with a flood of words',
      `${POST}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
      '413 PAYLOAD_TOO_LARGE',
      '/auth/login',
    ],
    ['no HTTP', 'hello\r\n\r\n', '400 VALIDATION_FAILED'],
    ['TLS', Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0]), '400 VALIDATION_FAILED'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400 VALIDATION_FAILED'],
    ['a tunnel', 'CONNECT elsewhere:443 HTTP/1.1\r\nHost: x\r\n\r\n', '404 ROUTE_NOT_FOUND'],
    [
      'no such transport',
      `GET ${ENGINE}=pigeon HTTP/1.1\r\n${CLOSE}`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'transport',
    ],
    [
      'a poll of nobody',
      `GET ${ENGINE}=polling&sid=gone HTTP/1.1\r\n${CLOSE}`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'sid',
    ],
    [
      'a handshake by POST',
      `POST ${ENGINE}=polling HTTP/1.1\r\n${CLOSE}`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'sid',
    ],
    [
      'an old protocol',
      `GET /socket.io/?EIO=3&transport=polling HTTP/1.1\r\n${CLOSE}`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'EIO',
    ],
    [
      'an old protocol with an empty sid, which is none',
      `GET /socket.io/?EIO=3&transport=polling&sid= HTTP/1.1\r\n${CLOSE}`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'EIO',
    ],
    [
      'a foreign page',
      `GET ${ENGINE}=polling HTTP/1.1\r\nOrigin: https://evil.example\r\n${CLOSE}`,
      '403 ORIGIN_NOT_ALLOWED',
      '/socket.io/',
    ],
    [
      'a websocket of no transport',
      `GET ${ENGINE}=pigeon HTTP/1.1\r\n${WEBSOCKET}${KEY}\r\n`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'transport',
    ],
    [
      'a websocket of nobody',
      `GET ${ENGINE}=websocket&sid=gone HTTP/1.1\r\n${WEBSOCKET}${KEY}\r\n`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'sid',
    ],
    [
      'a websocket of a foreign page',
      `GET ${ENGINE}=websocket HTTP/1.1\r\nOrigin: https://evil.example\r\n${WEBSOCKET}${KEY}\r\n`,
      '403 ORIGIN_NOT_ALLOWED',
      '/socket.io/',
    ],
    [
      'a websocket of an old protocol',
      `GET /socket.io/?EIO=3&transport=websocket HTTP/1.1\r\n${WEBSOCKET}${KEY}Sec-WebSocket-Version: 13\r\n\r\n`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'EIO',
    ],
    [
      'a websocket of no version',
      `GET ${ENGINE}=websocket HTTP/1.1\r\n${WEBSOCKET}${KEY}\r\n`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'sec-websocket-version',
    ],
    [
      'a websocket without a key',
      `GET ${ENGINE}=websocket HTTP/1.1\r\n${WEBSOCKET}Sec-WebSocket-Version: 13\r\n\r\n`,
      '400 VALIDATION_FAILED',
      '/socket.io/',
      'sec-websocket-key',
    ],
  ])('%s', async (_, bytes, outcome, path = '', detail = '') => {
    const answers = answersIn(await send(bytes));
    expect(answers).toMatchObject([{ outcome, path, paths: detail === '' ? [] : [detail] }]);
  });

  it.each([
    ['too large', (address: string) => post(address, `4${'x'.repeat(1_100_000)}`), '413 PAYLOAD_TOO_LARGE'],
    ['beside another', besideAnother, '400 VALIDATION_FAILED'],
  ])('a POST of a poll, %s', async (_, sendTo, outcome) => {
    const { address } = await RawPolling.open(server.url);
    expect(await sendTo(address)).toBe(outcome);
  });
});

async function post(address: string, body: string): Promise<string> {
  const { status, headers, ...answer } = await request(address, '', { method: 'POST', body });
  return refusal({ status, headers, body: answer.body });
}

async function besideAnother(address: string): Promise<string> {
  const { port, pathname, search } = new URL(address);
  const received = once(server.app.getHttpServer(), 'request');
  const other = connect(Number(port), '127.0.0.1');
  sockets.push(other);
  other.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n3`);
  await received;
  return post(address, '3');
}

it('what cannot be read is answered after the requests before it', async () => {
  const came = await send('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n');
  expect(answersIn(came).map(({ outcome }) => outcome)).toEqual(['200', '400 VALIDATION_FAILED']);
});

it('bytes after an answered refusal are not answered again', async () => {
  const came = await send('PUT /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{');
  expect(answersIn(came).map(({ outcome }) => outcome)).toEqual(['404 ROUTE_NOT_FOUND']);
});

it('HTTP/1.0 knows no host', async () => {
  expect(answersIn(await send('GET /health HTTP/1.0\r\n\r\n'))).toMatchObject([{ outcome: '200' }]);
});

async function challenge(path: string, authorization?: string, body?: object) {
  const { status, headers } = await fetch(server.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { ...(authorization && { authorization }), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return [status, headers.get('www-authenticate')];
}

it('401 names the authentication scheme, and whether the token was the reason', async () => {
  expect(await challenge('/users/me')).toEqual([401, 'Bearer realm="causerie"']);
  const invalid = [401, 'Bearer realm="causerie", error="invalid_token"'];
  expect(await challenge('/users/me', 'Bearer nonsense')).toEqual(invalid);
  const nobody = { email: 'nobody@test.example', password: 'wrong horse' };
  expect(await challenge('/auth/login', undefined, nobody)).toEqual([401, 'Bearer realm="causerie"']);
});
