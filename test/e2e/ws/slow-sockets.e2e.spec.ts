import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readSync } from 'node:fs';
import { connect, type Socket as RawSocket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { MAX_WAITING } from '../../../src/arch/common/interface/ws/engine/cut-unless-taken.js';
import { connectionOf } from '../../../src/arch/common/interface/ws/engine/engine-connection.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { rounds } from '../../support/rounds.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawListener } from './raw-listener.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace } from './server-side.js';

const MIB = 1_048_576;
/** Length of an event's text; the kernel accepts some megabytes before data waits in the server. */
const SIZE = 16_384;
/** Number of events: more than any kernel buffers; and of rounds within which the effect must occur. */
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

/** The server's side of a WebSocket's TCP connection. */
function streamOf(of: Socket) {
  const { transport } = connectionOf(of);
  if (transport.name !== 'websocket') return undefined;
  const { _socket: stream } = transport.socket;
  return stream;
}

/** Bytes that wait in the server for a WebSocket. */
function waiting(of: Socket): number {
  return streamOf(of)?.writableLength ?? 0;
}

/** Reads all bytes of the server from the kernel, without a turn of the event loop; returns their number. */
function readAll({ socket: of }: RawListener): number {
  const { _socket: stream } = of as unknown as { _socket: { _handle: { fd: number } } };
  const { _handle: handle } = stream;
  const buffer = Buffer.alloc(MIB);
  let bytes = 0;
  let dry = 0;
  for (const _ of rounds(MOST)) {
    try {
      bytes += readSync(handle.fd, buffer);
      dry = 0;
    } catch {
      // The kernel may still be transferring bytes between the two ends.
      dry += 1;
    }
    if (dry === 100) break;
  }
  return bytes;
}

const numberOf = (event: string) => Number(/"number":(\d+)/.exec(event)?.[1]);

/** Sends until so many bytes wait for the slow socket, one event per turn; returns the number of events. */
async function untilBehind(bytes: number, from = 0): Promise<number> {
  for (const round of rounds(MOST)) {
    if (waiting(socket) >= bytes) return round;
    if (!socket.connected) throw new Error('The socket was cut.');
    emitter.emitToRoom('/chat', 'room', 'numbered', { number: from + round, text: TEXT });
    await turn();
  }
  return 0;
}

/** Repeats an action until the socket is disconnected; returns the maximum of waiting bytes. */
async function untilCut(of: Socket, action: (round: number) => unknown): Promise<number> {
  let most = 0;
  const stream = streamOf(of);
  for (const round of rounds(MOST)) {
    if (!of.connected) break;
    await action(round);
    most = Math.max(most, stream?.writableLength ?? 0);
    await turn();
  }
  return most;
}

test('a websocket that stops reading is cut before it costs 1 MiB, and no other socket is affected', async () => {
  slow.socket.pause();
  const readers = listeners.slice(1);
  let sent = 0;
  const most = await untilCut(socket, async (round) => {
    emitter.emitToRoom('/chat', 'room', 'numbered', { number: round, text: TEXT });
    sent += 1;
    await Promise.all(readers.map((reader) => reader.waitForEvents(sent)));
  });
  expect(most).toBeGreaterThan(MAX_WAITING / 2);
  expect(most).toBeLessThanOrEqual(MIB);
  for (const { events } of readers) {
    expect(events.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  }
  emitter.emitToRoom('/chat', 'room', 'numbered', { number: sent });
  await Promise.all(readers.map((reader) => reader.waitForEvents(sent + 1)));
});

test('answers count too: a client that sends requests and never reads is cut', async () => {
  slow.socket.pause();
  const most = await untilCut(socket, (round) =>
    // The answer contains the name of the unknown event.
    slow.socket.send(`42/chat,${round}["${TEXT}"]`),
  );
  expect(most).toBeLessThanOrEqual(MIB);
});

test('and so is one that pings and never reads the pongs', async () => {
  slow.socket.pause();
  const ping = Buffer.alloc(125);
  const most = await untilCut(socket, () => {
    for (let count = 0; count < 1_000; count += 1) slow.socket.ping(ping);
  });
  expect(most).toBeLessThanOrEqual(MIB);
});

test('many small packets are counted with what they cost besides their bytes', async () => {
  slow.socket.pause();
  await untilBehind(1);
  let bytes = 0;
  await untilCut(socket, () => {
    for (let count = 0; count < 100; count += 1) emitter.emitToRoom('/chat', 'room', 'stirred', {});
    bytes = Math.max(bytes, waiting(socket));
  });
  expect(bytes).toBeLessThan(MAX_WAITING / 4);
});

test('a burst in one turn that the connection can transfer cuts no socket', async () => {
  const count = Math.ceil((2 * MAX_WAITING) / SIZE);
  for (let number = 0; number < count; number += 1) {
    emitter.emitToRoom('/chat', 'room', 'numbered', { number, text: TEXT });
  }
  await Promise.all(listeners.map((listener) => listener.waitForEvents(count)));
  expect(socket.connected).toBe(true);
});

test('a client that reads slowly but steadily stays connected, and receives everything in order', async () => {
  slow.socket.pause();
  let sent = 0;
  for (let pause = 0; pause < 5; pause += 1) {
    sent += await untilBehind(MAX_WAITING / 2, sent);
    slow.socket.resume();
    // The kernel reads from the server in large pieces: reading one event need not reduce the waiting events by one.
    for (const _ of rounds(sent)) {
      if (waiting(socket) < MAX_WAITING / 2) break;
      await slow.waitForEvents(slow.events.length + 1);
    }
    slow.socket.pause();
  }
  expect(sent * SIZE).toBeGreaterThan(2 * MAX_WAITING);
  slow.socket.resume();
  await slow.waitForEvents(sent);
  expect(slow.events.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  expect(socket.connected).toBe(true);
});

test('a client that has read everything while the server was busy is not cut for a burst', async () => {
  slow.socket.pause();
  const sent = await untilBehind(1);
  // From here to the end of the burst the server does not poll its connections.
  const read = readAll(slow);
  expect(read).toBeGreaterThan(MAX_WAITING);
  const count = Math.ceil(MAX_WAITING / SIZE);
  for (let number = 0; number < count; number += 1) {
    emitter.emitToRoom('/chat', 'room', 'numbered', { number: sent + number, text: TEXT });
  }
  expect(waiting(socket)).toBeGreaterThan(MAX_WAITING);
  await listeners[1]?.waitForEvents(sent + count);
  await vi.waitUntil(() => waiting(socket) === 0, { interval: 1, timeout: 10_000 });
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
    emitter.emitToRoom('/chat', 'room', 'numbered', { number: round, text: TEXT });
    sent += 1;
    await active.packet(new RegExp(`"number":${round},`));
  });
  expect(sent * SIZE).toBeGreaterThan(MAX_WAITING / 2);
  expect(sent * SIZE).toBeLessThan(MIB);
  expect((await idle.poll()).status).toBe(400);
  const received = active.packets.filter((packet) => packet.includes('numbered'));
  expect(received.map(numberOf)).toEqual(Array.from({ length: sent }, (_, number) => number));
  await active.post('1');
});

test('a polling client whose poll arrived while the server was busy is not cut for a burst', async () => {
  const polling = await RawPolling.join(server.url, user.token);
  const [pollingSocket] = [...chatNamespace(server).sockets.values()].slice(-1) as [Socket];
  await pollingSocket.join('room');
  const { host, hostname, port, pathname, search } = new URL(polling.address);
  const raw = connect(Number(port), hostname);
  await once(raw, 'connect');
  raw.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const count = Math.ceil(MAX_WAITING / SIZE);
  for (let number = 0; number < count; number += 1) {
    emitter.emitToRoom('/chat', 'room', 'numbered', { number, text: TEXT });
  }
  let bytes = 0;
  raw.on('data', (part) => (bytes += part.length));
  await vi.waitUntil(() => bytes > count * SIZE, { interval: 1, timeout: 10_000 });
  expect(pollingSocket.connected).toBe(true);
  raw.destroy();
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
  let answered = Promise.withResolvers<void>();
  connectionOf(pollingSocket).on('flush', () => {
    open = false;
    answered.resolve();
  });
  pollingSocket.once('disconnect', () => answered.resolve());
  await untilCut(pollingSocket, async () => {
    // When answers pile up, Node accepts no further requests of a connection.
    if (!open && serverEnd.writableLength === 0) {
      open = true;
      answered = Promise.withResolvers();
      raw.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    }
    for (let count = 0; count < 8; count += 1)
      emitter.emitToRoom('/chat', 'room', 'numbered', { text: TEXT });
    if (open) await answered.promise;
    unread = Math.max(unread, serverEnd.writableLength);
  });
  expect(unread).toBeGreaterThan(0);
  expect(unread).toBeLessThanOrEqual(MIB);
  expect(serverEnd.destroyed).toBe(true);
  raw.destroy();
});
