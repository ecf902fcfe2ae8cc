import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket as RawSocket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../../../src/arch/common/interface/ws/engine-connection.js';
import { MAX_WAITING } from '../../../src/arch/common/interface/ws/slow-sockets.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/socket-io-room-emitter.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawListener } from './raw-listener.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace } from './server-side.js';

const MIB = 1_048_576;
/** Of an event's text; the kernel takes some megabytes before anything waits in the server. */
const SIZE = 16_384;
/** More than any kernel takes. */
const MOST = 4_096;
const TEXT = randomBytes(SIZE / 2).toString('hex');

let server: TestServer;
let user: TestUser;
let emitter: SocketIoRoomEmitter;
let listeners: RawListener[];
let slow: RawListener;
let socket: Socket;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  emitter = server.app.get(SocketIoRoomEmitter);
});
afterAll(() => server.stop());
beforeEach(async () => {
  listeners = await RawListener.crowd(server, user, 4);
  for (const { id } of listeners) await chatNamespace(server).sockets.get(id)?.join('room');
  [slow] = listeners as [RawListener];
  socket = serverSide(slow);
});
afterEach(() => {
  for (const listener of listeners) listener.socket.terminate();
});

function serverSide({ id }: RawListener): Socket {
  const found = chatNamespace(server).sockets.get(id);
  if (!found) throw new Error('The socket is gone.');
  return found;
}

/** The server's end of a websocket's TCP connection. */
function streamOf(of: Socket) {
  const { transport } = clientOf(of).conn;
  if (transport.name !== 'websocket') return undefined;
  const { _socket: stream } = transport.socket;
  return stream;
}

/** Bytes that the server keeps for a websocket. */
function waiting(of: Socket): number {
  return streamOf(of)?.writableLength ?? 0;
}

const numberOf = (event: string) => Number(/"number":(\d+)/.exec(event)?.[1]);

/** Repeats an action until the socket is disconnected; answers the most that ever waited for it. */
async function untilCut(of: Socket, action: (round: number) => unknown): Promise<number> {
  let most = 0;
  const stream = streamOf(of);
  for (let round = 0; of.connected; round += 1) {
    if (round > MOST) throw new Error('Nobody has cut the socket.');
    await action(round);
    most = Math.max(most, stream?.writableLength ?? 0);
    await turn();
  }
  return most;
}

test('a websocket that stops reading is cut before it costs 1 MiB, and nobody else notices', async () => {
  slow.socket.pause();
  const readers = listeners.slice(1);
  let sent = 0;
  const most = await untilCut(socket, async (round) => {
    emitter.emit('room', 'new_message', { number: round, text: TEXT });
    sent += 1;
    await Promise.all(readers.map((reader) => reader.heard(sent)));
  });
  expect(most).toBeGreaterThan(MAX_WAITING / 2);
  expect(most).toBeLessThanOrEqual(MIB);
  for (const { events } of readers) {
    expect(events.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  }
  emitter.emit('room', 'new_message', { number: sent });
  await Promise.all(readers.map((reader) => reader.heard(sent + 1)));
});

test('answers count too: a client that asks and never reads is cut', async () => {
  slow.socket.pause();
  const most = await untilCut(socket, (round) =>
    // The name of an unknown event comes back in the answer.
    slow.socket.send(`42/chat,${round}["${TEXT}"]`),
  );
  expect(most).toBeLessThanOrEqual(MIB);
});

test('and so is one that pings and never reads the pongs', async () => {
  slow.socket.pause();
  const ping = Buffer.alloc(125);
  const most = await untilCut(socket, () => {
    for (let count = 0; count < 1_000 && socket.connected; count += 1) slow.socket.ping(ping);
  });
  expect(most).toBeLessThanOrEqual(MIB);
});

test('many small packets are counted with what they cost besides their bytes', async () => {
  slow.socket.pause();
  while (waiting(socket) === 0) {
    emitter.emit('room', 'new_message', { text: TEXT });
    await turn();
  }
  let bytes = 0;
  await untilCut(socket, () => {
    for (let count = 0; count < 100; count += 1) emitter.emit('room', 'typing', {});
    bytes = Math.max(bytes, waiting(socket));
  });
  expect(bytes).toBeLessThan(MAX_WAITING / 4);
});

test('a burst in one turn that the connection can take cuts nobody', async () => {
  const count = Math.ceil((2 * MAX_WAITING) / SIZE);
  for (let number = 0; number < count; number += 1) {
    emitter.emit('room', 'new_message', { number, text: TEXT });
  }
  await Promise.all(listeners.map((listener) => listener.heard(count)));
  expect(socket.connected).toBe(true);
});

test('a client that reads slowly but steadily stays, and hears everything in order', async () => {
  slow.socket.pause();
  let sent = 0;
  let behind = 0;
  for (; behind < 20; sent += 1) {
    emitter.emit('room', 'new_message', { number: sent, text: TEXT });
    await turn();
    if (waiting(socket) < MAX_WAITING / 2) continue;
    behind += 1;
    slow.socket.resume();
    await slow.heard(slow.events.length + 1);
    slow.socket.pause();
  }
  expect(sent * SIZE).toBeGreaterThan(2 * MAX_WAITING);
  slow.socket.resume();
  await slow.heard(sent);
  expect(slow.events.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  expect(socket.connected).toBe(true);
});

test('a polling client that does not poll is cut, and one that does gets everything', async () => {
  const [idle, active] = [
    await RawPolling.join(server.url, user.token),
    await RawPolling.join(server.url, user.token),
  ];
  const [idleSocket, activeSocket] = [...chatNamespace(server).sockets.values()].slice(-2) as [
    Socket,
    Socket,
  ];
  for (const one of [idleSocket, activeSocket]) await one.join('room');
  let sent = 0;
  await untilCut(idleSocket, async (round) => {
    emitter.emit('room', 'new_message', { number: round, text: TEXT });
    sent += 1;
    await active.packet(new RegExp(`"number":${round},`));
  });
  expect(sent * SIZE).toBeGreaterThan(MAX_WAITING / 2);
  expect(sent * SIZE).toBeLessThan(MIB);
  expect((await idle.poll()).status).toBe(400);
  const heard = active.packets.filter((packet) => packet.includes('new_message'));
  expect(heard.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  await active.post('1');
});

test('a polling client that polls and does not read the answers is cut', async () => {
  const polling = await RawPolling.join(server.url, user.token);
  const [pollingSocket] = [...chatNamespace(server).sockets.values()].slice(-1) as [Socket];
  await pollingSocket.join('room');
  const { host, hostname, port, pathname, search } = new URL(polling.address);
  const accepted = once(server.app.getHttpServer(), 'connection');
  const raw = connect(Number(port), hostname).pause();
  raw.on('error', () => undefined);
  const [serverEnd] = (await accepted) as [RawSocket];
  let [open, unread] = [false, 0];
  clientOf(pollingSocket).conn.on('flush', () => (open = false));
  const settled = async (): Promise<void> => {
    if (!open || !pollingSocket.connected) return;
    await turn();
    await settled();
  };
  await untilCut(pollingSocket, async () => {
    // When its answers pile up, Node takes no more requests of a connection.
    if (!open && serverEnd.writableLength === 0) {
      open = true;
      raw.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    }
    for (let count = 0; count < 8; count += 1) emitter.emit('room', 'new_message', { text: TEXT });
    await settled();
    unread = Math.max(unread, serverEnd.writableLength);
  });
  expect(unread).toBeGreaterThan(0);
  expect(unread).toBeLessThanOrEqual(MIB);
  expect(serverEnd.destroyed).toBe(true);
  raw.destroy();
});
