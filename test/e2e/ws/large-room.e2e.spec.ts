import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawListener } from './raw-listener.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace } from './server-side.js';

const CROWD = 600;

let server: TestServer;
let user: TestUser;
let emitter: SocketIoRoomEmitter;
let crowd: RawListener[];
let small: RawListener;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  emitter = server.app.get(SocketIoRoomEmitter);
  crowd = await RawListener.crowd(server, user, CROWD);
  [small] = (await RawListener.crowd(server, user, 1)) as [RawListener];
  await serverSide(small).join('small');
});
afterAll(async () => {
  for (const listener of [...crowd, small]) listener.close();
  await server.stop();
});
beforeEach(async () => {
  for (const listener of crowd) await serverSide(listener).join('large');
  for (const listener of [...crowd, small]) listener.events.length = 0;
});

function serverSide({ id }: RawListener) {
  const socket = chatNamespace(server).sockets.get(id);
  if (!socket) throw new Error('The socket is gone.');
  return socket;
}

const event = (number: number) => `["numbered",{"number":${number}}]`;
const numbers = (count: number) => Array.from({ length: count }, (_, number) => event(number));

test('every socket receives every event once and in order, at any rate', async () => {
  for (let number = 0; number < 30; number += 1) {
    emitter.emitToRoom('/chat', 'large', 'numbered', { number });
    if (number % 3 === 0) await turn();
    if (number % 10 === 0) await crowd[0]?.waitForEvents(number + 1);
  }
  await Promise.all(crowd.map((listener) => listener.waitForEvents(30)));
  for (const { events } of crowd) expect(events).toEqual(numbers(30));
});

test('a small room does not wait for a large one', async () => {
  emitter.emitToRoom('/chat', 'large', 'numbered', { number: 0 });
  emitter.emitToRoom('/chat', 'small', 'numbered', { number: 1 });
  await small.waitForEvents(1);
  const before = crowd.filter(({ events }) => events.length > 0).length;
  await Promise.all(crowd.map((listener) => listener.waitForEvents(1)));
  expect(small.events).toEqual([event(1)]);
  expect(before).toBeLessThan(CROWD / 2);
});

test('a socket that leaves before its turn does not receive it', async () => {
  emitter.emitToRoom('/chat', 'large', 'numbered', { number: 0 });
  await crowd[0]?.waitForEvents(1);
  const leaving = crowd.slice(-10);
  for (const listener of leaving) await serverSide(listener).leave('large');
  const staying = crowd.slice(0, -10);
  await Promise.all(staying.map((listener) => listener.waitForEvents(1)));
  for (const listener of leaving) {
    serverSide(listener).emit('last', {});
    await listener.waitForEvents(1);
    expect(listener.events).toEqual(['["last",{}]']);
  }
});

test('sockets of the excepted room do not receive it, in large rooms and small ones', async () => {
  for (const listener of crowd.slice(0, 5)) await serverSide(listener).join('user:1');
  await serverSide(small).join('user:1');
  for (const room of ['large', 'small']) {
    emitter.emitToRoom('/chat', room, 'numbered', { number: 0 }, 'user:1');
    emitter.emitToRoom('/chat', room, 'numbered', { number: 1 });
  }
  await Promise.all([small.waitForEvents(1), ...crowd.map((listener) => listener.waitForEvents(1))]);
  await Promise.all(crowd.slice(5).map((listener) => listener.waitForEvents(2)));
  for (const { events } of [small, ...crowd.slice(0, 5)]) expect(events).toEqual([event(1)]);
  for (const { events } of crowd.slice(5)) expect(events).toEqual(numbers(2));
});

test('a socket that goes to another room before its turn receives the payload for that room', async () => {
  const instead = { room: 'user:2', payload: { number: 1 } };
  emitter.emitToRoom('/chat', 'large', 'numbered', { number: 0 }, undefined, instead);
  await crowd[0]?.waitForEvents(1);
  for (const listener of [...crowd.slice(0, 10), ...crowd.slice(-10)])
    await serverSide(listener).join('user:2');
  await Promise.all(crowd.map((listener) => listener.waitForEvents(1)));
  for (const { events } of crowd.slice(0, -10)) expect(events).toEqual([event(0)]);
  for (const { events } of crowd.slice(-10)) expect(events).toEqual([event(1)]);
});

test('polling clients receive the same, without another encoding', async () => {
  const polling = await RawPolling.join(server.url, user.token);
  const namespace = chatNamespace(server);
  const [socket] = [...namespace.sockets.values()].slice(-1);
  await socket?.join(['large', 'small']);
  let encodings = 0;
  const payload = (number: number) => ({
    toJSON: () => {
      encodings += 1;
      return { number };
    },
  });
  emitter.emitToRoom('/chat', 'small', 'numbered', payload(0));
  const forTwo = encodings;
  for (const number of [0, 1, 2]) emitter.emitToRoom('/chat', 'large', 'numbered', payload(number));
  await Promise.all(crowd.map((listener) => listener.waitForEvents(3)));
  expect(encodings).toBe(4 * forTwo);
  await polling.packet(/"number":2/);
  const received = polling.packets.filter((packet) => packet.includes('numbered'));
  expect(received).toEqual([event(0), ...numbers(3)].map((text) => `42/chat,${text}`));
  for (const { events } of crowd) expect(events).toEqual(numbers(3));
  await polling.post('1');
});
