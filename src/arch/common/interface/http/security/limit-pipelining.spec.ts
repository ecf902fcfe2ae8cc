import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limitPipelining } from './limit-pipelining.js';

const MAX = 32;
const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
/** Between these requests Node runs the callbacks of `nextTick`. */
const POST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345';
const LAST = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

let server: Server;
let begun: number;
/** Number of responses that Node has created. */
let made: number;
let answering: Promise<unknown>;
const sockets: Socket[] = [];

beforeEach(async () => {
  begun = 0;
  answering = Promise.resolve();
  made = 0;
  class CountedResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    constructor(...parts: ConstructorParameters<typeof ServerResponse<Request>>) {
      super(...parts);
      made += 1;
    }
  }
  server = createServer({ ServerResponse: CountedResponse }, (_request, response) => {
    begun += 1;
    void answering.then(() => setImmediate(() => response.end('{}')));
  });
  limitPipelining(server, MAX, () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server[Symbol.asyncDispose]();
});

async function connection(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const statuses = (answers: string) =>
  Array.from(answers.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
const good = (count: number) => Array.from({ length: count }, () => '200');

it.each([
  ['without a body', REQUEST],
  ['with a body', POST],
])(
  'so many requests %s are begun at once; the next is refused, in order, and ends the connection',
  async (_name, request) => {
    const socket = await connection();
    socket.write(request.repeat(1_000));
    expect(statuses(await text(socket))).toEqual([...good(MAX), '429']);
    expect(begun).toBe(MAX);
  },
);

it('nothing that comes after it is begun, and what was begun is answered', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answering = promise;
  const accepted = once(server, 'connection');
  const socket = await connection();
  const [served] = (await accepted) as [Socket];
  socket.write(REQUEST.repeat(MAX + 1));
  await expect.poll(() => begun).toBe(MAX);
  socket.write(REQUEST.repeat(10));
  await expect.poll(() => served.bytesRead).toBe(REQUEST.length * (MAX + 11));
  resolve();
  expect(statuses(await text(socket))).toEqual([...good(MAX), '429']);
  expect(begun).toBe(MAX);
});

it('further requests behind it leave nothing in memory, while begun ones are not answered yet', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answering = promise;
  const socket = await connection();
  const websocket = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  await new Promise((written) =>
    socket.write(REQUEST.repeat(MAX + 1) + (REQUEST + POST + websocket).repeat(10_000), written),
  );
  await expect.poll(() => begun).toBe(MAX);
  resolve();
  expect(statuses(await text(socket))).toEqual([...good(MAX), '429']);
  expect(made).toBe(MAX + 1);
});

it('a client that waits for the answers is not limited', async () => {
  const socket = await connection();
  let came = '';
  socket.on('data', (data) => (came += String(data)));
  for (let round = 1; round <= 5; round += 1) {
    socket.write(REQUEST.repeat(MAX));
    await expect.poll(() => statuses(came)).toEqual(good(round * MAX));
  }
});

it('connections that are read in one turn are counted one by one', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, connection));
  for (const socket of all) socket.write(REQUEST.repeat(MAX - 1) + LAST);
  for (const answers of await Promise.all(all.map((socket) => text(socket)))) {
    expect(statuses(answers)).toEqual(good(MAX));
  }
});
