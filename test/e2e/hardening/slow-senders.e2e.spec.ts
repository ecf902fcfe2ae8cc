import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { CONNECTION_LIMITS } from '../../../src/arch/common/interface/http/security/connection-limits.js';
import { createApp } from '../../../src/arch/create-app.js';
import { testConfig } from '../../support/test-config.js';
import { TestDatabase } from '../../support/test-database.js';

const LIMITS = {
  ...CONNECTION_LIMITS,
  headersTimeout: 300,
  requestTimeout: 600,
  checkInterval: 50,
  idleTimeout: 400,
  keepAliveTimeout: 300,
  maxHeaderSize: 2_048,
  maxConnections: 8,
};

let database: TestDatabase;
let app: NestFastifyApplication;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await TestDatabase.create();
  app = await createApp(testConfig(), database.connection, pino({ level: 'silent' }), LIMITS);
  port = await listen(app, 0);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function connection(bytes = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** Sends a byte from time to time without end: each shows that the sender is still connected. */
function trickle(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20);
  onTestFinished(() => clearInterval(timer));
}

const POST = 'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

it.each([
  ['nothing at all', '', ''],
  ['a request line', 'GET /heal', 'x'],
  ['headers', 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'x'],
  ['the headers of a websocket', 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nX: ', 'x'],
  ['a body', `${POST}Content-Length: 100000\r\n\r\n{"email":"`, 'x'],
  ['a chunked body', `${POST}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
  [
    'a poll of Socket.IO',
    'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n',
    '',
  ],
])('whoever is slow with %s is cut', async (_, bytes, byte) => {
  const begun = Date.now();
  const socket = await connection(bytes);
  if (byte !== '') trickle(socket, byte);
  const answer = await text(socket);
  expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  // The limits and one check, with a margin for a busy machine; Node's own limits would take a minute and more.
  expect(Date.now() - begun).toBeLessThan(5_000);
});

it('a client that sends a body in chunks of a byte is cut before the time limit, without an answer', async () => {
  const socket = await connection(`${POST}Transfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(10_000)}`);
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  await once(socket, 'close');
  expect(answer).toBe('');
});

it('a connection that waits for nothing is closed', async () => {
  const socket = await connection('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

it('a client that does not read is cut', async () => {
  const accepted = once(app.getHttpServer(), 'connection');
  // More bytes than the buffers of any system in between.
  const request = 'GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n';
  (await connection(request.repeat(30))).pause();
  const [ours] = (await accepted) as [Socket];
  await once(ours, 'close');
  expect(ours.bytesWritten).toBeGreaterThan(1_000_000);
});

it('headers beyond measure are refused', async () => {
  const fits = await connection(
    `GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: ${'y'.repeat(1_500)}\r\n\r\n`,
  );
  expect(await text(fits)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  const not = await connection(`GET /health HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(2_100)}\r\n\r\n`);
  expect(await text(not)).toMatch(/^HTTP\/1\.1 431 /);
});

it('connections beyond the limit are closed, and accepted again when others are closed', async () => {
  const request = 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  const held = await Promise.all(Array.from({ length: LIMITS.maxConnections }, () => connection()));
  const beyond = await connection(request);
  let answer = '';
  beyond.on('data', (part: Buffer) => (answer += part.toString()));
  await new Promise((resolve) => void beyond.once('close', resolve));
  expect(answer).toBe('');
  await Promise.all(held.map((socket) => text(socket)));
  expect(await text(await connection(request))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

it('the limits of a real server are as short as a slow line allows', () => {
  expect(CONNECTION_LIMITS.headersTimeout).toBeLessThanOrEqual(10_000);
  expect(CONNECTION_LIMITS.requestTimeout).toBeLessThanOrEqual(30_000);
  expect(CONNECTION_LIMITS.checkInterval).toBeLessThanOrEqual(5_000);
});
