import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

/** Requests that a connection may begin at once. */
const MAX = 32;
const UNKNOWN = 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n';

const sockets: Socket[] = [];

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  async function connection(): Promise<Socket> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  return { connection };
});

afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

const statuses = (answers: string) =>
  Array.from(answers.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
const times = (count: number, status: string) => Array.from({ length: count }, () => status);

it.for([
  ['a route', UNKNOWN, '404'],
  ['a handshake', 'GET /socket.io/?EIO=3&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ['an upload', `POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345`, '404'],
] as const)(
  'so many requests of %s are begun at once; the next is refused, in order, and ends the connection',
  async ([_name, request, status], { steps }) => {
    const socket = await steps.connection();
    // All of them arrive in one read of 64 KiB.
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

it('the refusal is in the security log', async ({ steps, server }) => {
  const socket = await steps.connection();
  const before = server.securityLog.length;
  socket.write(UNKNOWN.repeat(MAX + 1));
  await text(socket);
  expect(server.securityLog.slice(before)).toMatchObject([
    { event: 'limit.hit', code: 'RATE_LIMITED', action: 'pipeline', address: '127.0.0.1' },
  ]);
});
