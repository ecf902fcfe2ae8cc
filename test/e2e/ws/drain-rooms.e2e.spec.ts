import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeConnection } from '../../../src/arch/common/interface/ws/engine/close-connection.js';
import { connectionOf } from '../../../src/arch/common/interface/ws/engine/engine-connection.js';
import { finishSocket } from '../../../src/arch/common/interface/ws/rooms/room-delivery.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawListener } from './raw-listener.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace } from './server-side.js';
import { signToken } from './sign-token.js';
import { waitUntil } from '../../faults/wait-until.js';

/** Ten slices: with turns of so many milliseconds they take longer than the two seconds that sockets have. */
const CROWD = 320;
const TURN = 260;
const MESSAGES = 8;

let server: TestServer;
let user: TestUser;
let emitter: SocketIoRoomEmitter;
let crowd: RawListener[];
let closing: Promise<void> | undefined;

beforeEach(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  emitter = server.app.get(SocketIoRoomEmitter);
});
afterEach(async () => {
  await (closing ?? server.app.close());
  closing = undefined;
  await server.database.drop();
});

async function fill(count: number): Promise<void> {
  crowd = await RawListener.crowd(server, user, count);
  for (const socket of chatNamespace(server).sockets.values()) await socket.join('large');
}

function publish(): void {
  for (let number = 0; number < MESSAGES; number += 1)
    emitter.emitToRoom('/chat', 'large', 'numbered', { number });
}

const all = Array.from({ length: MESSAGES }, (_, number) => `["numbered",{"number":${number}}]`);

async function ended({ socket }: RawListener): Promise<void> {
  if (socket.readyState !== socket.CLOSED) await once(socket, 'close');
}

/** Keeps every turn of the event loop busy for so long, until it is stopped. */
function keepBusy(milliseconds: number): () => void {
  let isOver = false;
  const turn = (): void => {
    if (isOver) return;
    const until = performance.now() + milliseconds;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, until - performance.now());
    setImmediate(turn);
  };
  turn();
  return () => (isOver = true);
}

test('what was published before the signal is written to every socket of a large room, however long its slices take', async () => {
  await fill(CROWD);
  publish();
  closing = server.app.close();
  const callOff = keepBusy(TURN);
  await Promise.all(crowd.map(ended));
  callOff();
  expect(crowd.filter(({ events }) => events.length < MESSAGES)).toHaveLength(0);
  for (const { events } of crowd) expect(events).toEqual(all);
});

test('so are events that are emitted while a connection is being closed', async () => {
  await fill(40);
  publish();
  const sockets = [...chatNamespace(server).sockets.values()];
  for (const socket of sockets) {
    void closeConnection(connectionOf(socket), Promise.resolve(), () => finishSocket(socket));
  }
  await Promise.all(crowd.map(ended));
  for (const { events } of crowd) expect(events).toEqual(all);
});

test('and to a client that polls', async () => {
  const poller = await RawPolling.join(server.url, user.token);
  await fill(40);
  publish();
  closing = server.app.close();
  await poller.packet(/"number":7/);
  expect(poller.packets.filter((packet) => packet.includes('numbered'))).toEqual(
    all.map((text) => `42/chat,${text}`),
  );
});

test('a socket whose token expires first gets all events that were emitted before', async () => {
  const exp = Math.ceil(Date.now() / 1_000) + 3;
  crowd = await Promise.all(
    Array.from({ length: 100 }, async () =>
      RawListener.join(server.url, await signToken(server, user, { claims: { sub: randomUUID(), exp } })),
    ),
  );
  for (const socket of chatNamespace(server).sockets.values()) await socket.join('large');
  await waitUntil('the last moment', () => Date.now() > exp * 1_000 - 100);
  publish();
  const callOff = keepBusy(TURN);
  await Promise.all(crowd.map(ended));
  callOff();
  for (const listener of crowd) {
    expect(listener.events.filter((event) => !event.startsWith('["token_expiring"'))).toEqual(all);
  }
});
