import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';

/** Requests that a connection may begin at once. */
const MAX = 32;
const UNKNOWN = 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n';

let server: TestServer;
const sockets: Socket[] = [];

beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(() => server.stop());

async function connection(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const statuses = (answers: string) =>
  Array.from(answers.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
const times = (count: number, status: string) => Array.from({ length: count }, () => status);

it.each([
  ['a route', UNKNOWN, '404'],
  ['a handshake', 'GET /socket.io/?EIO=3&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ['an upload', `POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345`, '404'],
])(
  'so many requests of %s are begun at once; the next is refused, in order, and ends the connection',
  async (_name, request, status) => {
    const socket = await connection();
    // Whole in one read of 64 KiB.
    socket.write(request.repeat(500));
    const came = await text(socket);
    expect(statuses(came)).toEqual([...times(MAX, status), '429']);
    expect(came.slice(came.lastIndexOf('HTTP/1.1'))).toMatch(/^connection: close\r$/im);
    expect(JSON.parse(came.slice(came.lastIndexOf('\n')))).toMatchObject({
      code: 'RATE_LIMITED',
      message: `At most ${MAX} requests at once on a connection; wait for their answers.`,
    });
  },
);

it('the refusal is in the security log', async () => {
  const socket = await connection();
  const before = server.securityLog.length;
  socket.write(UNKNOWN.repeat(MAX + 1));
  await text(socket);
  expect(server.securityLog.slice(before)).toMatchObject([
    { event: 'limit.hit', code: 'RATE_LIMITED', action: 'pipeline', address: '127.0.0.1' },
  ]);
});
