import { Socket as RawSocket } from 'node:net';
import { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  connectionOf,
  type Connection,
  type EnginePacket,
} from '../../../src/arch/common/interface/ws/engine/engine-connection.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawListener } from './raw-listener.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace } from './server-side.js';

let server: TestServer;
let user: TestUser;
let emitter: SocketIoRoomEmitter;
let listener: RawListener;
let socket: Socket;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  emitter = server.app.get(SocketIoRoomEmitter);
});
afterAll(() => server.stop());
beforeEach(async () => {
  listener = await RawListener.join(server.url, user.token);
  socket = lastSocket();
  await socket.join('room');
  await turn();
});
afterEach(() => listener.close());

const lastSocket = () => [...chatNamespace(server).sockets.values()].at(-1) as Socket;

function webSocketOf(connection: Connection) {
  if (connection.transport.name !== 'websocket') throw new Error('Not a websocket.');
  return connection.transport.socket;
}

test('events and answers of one turn leave together at its end, in the order of sending', async () => {
  const conn = connectionOf(socket);
  const { _socket: stream } = webSocketOf(conn);
  expect(stream.writableCorked).toBe(0);
  const sent = stream.bytesWritten;
  emitter.emitToRoom('/chat', 'room', 'first', {});
  socket.emit('second', {});
  emitter.emitToRoom('/chat', 'room', 'third', {});
  socket.emit('fourth', { text: 'ü'.repeat(40_000) });
  expect(stream.writableCorked).toBe(1);
  const { _writableState: state } = stream;
  expect(state.bufferedRequestCount).toBe(4);
  expect(stream.bytesWritten - sent).toBe(stream.writableLength);
  expect(conn.writeBuffer).toEqual([]);
  await turn();
  expect(stream.writableCorked).toBe(0);
  await listener.waitForEvents(4);
  expect(listener.events.map((event) => JSON.parse(event)[0])).toEqual([
    'first',
    'second',
    'third',
    'fourth',
  ]);
});

test('what is sent before a disconnect arrives', async () => {
  emitter.disconnectRoom('room', 'last', { reason: 'gone' });
  await new Promise((resolve) => void listener.socket.once('close', resolve));
  expect(listener.events).toEqual(['["last",{"reason":"gone"}]']);
});

test('binary parts arrive as they do in Socket.IO', async () => {
  const parts: Buffer[] = [];
  const got = new Promise<void>((resolve) => {
    listener.socket.on('message', (data: Buffer, binary: boolean) => {
      parts.push(data);
      if (binary) resolve();
    });
  });
  socket.emit('binary', Buffer.from([1, 2, 3]));
  await got;
  expect(parts.map(String)).toEqual([
    '451-/chat,["binary",{"_placeholder":true,"num":0}]',
    String(Buffer.from([1, 2, 3])),
  ]);
});

test('engine.io, ws and Node keep what delivery relies on', async () => {
  const conn = connectionOf(socket);
  const { transport } = conn;
  const webSocket = webSocketOf(conn);
  expect(conn).toHaveProperty('write', expect.any(Function));
  expect(conn.readyState).toBe('open');
  expect(webSocket.readyState).toBe(1);
  expect(webSocket).toHaveProperty('_socket', expect.any(RawSocket));
  expect(transport.name === 'websocket' && typeof transport.parser.encodePacket).toBe('function');

  const polling = await RawPolling.join(server.url, user.token);
  const polled = connectionOf(lastSocket());
  const created: EnginePacket[] = [];
  polled.on('packetCreate', (packet) => created.push(packet));
  lastSocket().emit('waits', {});
  expect(created).toMatchObject([{ type: 'message', data: '2/chat,["waits",{}]' }]);
  expect(polled.writeBuffer).toEqual(created);
  const response = new Promise((resolve) => {
    polled.on('flush', () => resolve('res' in polled.transport && polled.transport.res));
  });
  await polling.packet(/waits/);
  expect(await response).toBeInstanceOf(ServerResponse);
  await polling.post('1');
});
