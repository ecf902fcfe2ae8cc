import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const sockets: Socket[] = [];

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  /** A peer that never closes its side (`allowHalfOpen`). */
  async function connection(request: readonly string[], body = ''): Promise<Socket> {
    const port = Number(new URL(server.url).port);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(`${request.join('\r\n')}\r\n\r\n${body}`);
    return socket;
  }

  return { connection };
});

afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

/** The offer of HTTP/2 in clear text, as Java's HTTP client and `curl --http2` send it. */
const H2C = [
  'Connection: Upgrade, HTTP2-Settings',
  'Upgrade: h2c',
  'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
];
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
];

describe('an upgrade that is not ours', () => {
  it('leaves a GET what it is', async ({ steps }) => {
    const socket = await steps.connection(['GET /health HTTP/1.1', 'Host: x', ...H2C]);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\{"status":"ok"/);
  });

  it('leaves the connection open for more requests', async ({ steps }) => {
    const socket = await steps.connection(['GET /health HTTP/1.1', 'Host: x', ...H2C]);
    await once(socket, 'data');
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('leaves a body to be read', async ({ steps }) => {
    const body = '{"email":"nobody@test.example","password":"wrong"}';
    const socket = await steps.connection(
      [
        'POST /auth/login HTTP/1.1',
        'Host: x',
        'Content-Type: application/json',
        'Content-Length: 50',
        ...H2C,
      ],
      body,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 [^]*"INVALID_CREDENTIALS"/);
  });

  it('lets engine.io answer a poll, and refuse one from elsewhere, once', async ({ steps }) => {
    const poll = ['GET /socket.io/?EIO=4&transport=polling HTTP/1.1', 'Host: x'];
    const open = await steps.connection([...poll, ...H2C]);
    expect(String(await once(open, 'data'))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const refused = await steps.connection([...poll, 'Origin: https://elsewhere.example', ...H2C]);
    expect(String(await once(refused, 'data'))).toMatch(
      /^HTTP\/1\.1 403 Forbidden\r\n[^]*ORIGIN_NOT_ALLOWED/,
    );
    refused.write('GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(refused)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('a websocket elsewhere', () => {
  it.for(['/', '/chat', '/socket.iox', '/socket.iox/?EIO=4&transport=websocket', '/nowhere?secret=1'])(
    '%s is 404',
    async (url, { steps }) => {
      const socket = await steps.connection([
        `GET ${url} HTTP/1.1`,
        'Host: x',
        'X-Request-Id: mine',
        ...WEBSOCKET,
      ]);
      const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
      expect(head).toContain('x-request-id: mine');
      expect(head).toContain('x-content-type-options: nosniff');
      expect(JSON.parse(body)).toEqual({
        statusCode: 404,
        error: 'Not Found',
        code: 'ROUTE_NOT_FOUND',
        message: expect.any(String),
        requestId: 'mine',
        timestamp: expect.any(String),
        path: url.split('?')[0],
        details: [],
      });
    },
  );

  it('is not kept, however many peers leave their side open', async ({ steps, server }) => {
    const http = server.app.getHttpServer();
    const count = promisify(http.getConnections.bind(http));
    const before = await count();
    const closed: Promise<unknown>[] = [];
    http.on('connection', collect);
    function collect(socket: Socket): void {
      closed.push(once(socket, 'close'));
    }
    await Promise.all(
      Array.from({ length: 200 }, () => steps.connection(['GET /nowhere HTTP/1.1', 'Host: x', ...WEBSOCKET])),
    );
    // A later request has been answered, so the server has read the others.
    expect((await server.call('GET', '/health')).status).toBe(200);
    http.off('connection', collect);
    expect(closed.length).toBeGreaterThanOrEqual(200);
    await Promise.all(closed.slice(0, 200));
    expect(await count()).toBeLessThanOrEqual(before + 1);
  });
});
