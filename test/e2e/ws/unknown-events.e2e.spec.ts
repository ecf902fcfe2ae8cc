import { describe, expect } from 'vitest';
import { apiTest as test } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';
import { RawWebSocket } from './raw-websocket.js';

let token: string;
let socket: TestSocket;

test.beforeAll(async ({ server }) => {
  ({ token } = await server.signUp());
  socket = await TestSocket.connect(server.url, token);
});

const names = [
  'nope',
  '',
  'JOIN_ROOM',
  'joinRoom',
  'new_message',
  'ready',
  'error',
  'message',
  'exception',
  'connection',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'x'.repeat(5_000),
];

const EVENTS = 'join_room, join_all, leave_room, authenticate, send_message, mark_read, typing';

describe.each(names.map((name) => [name.slice(0, 20), name]))('the event "%s"', (_, name) => {
  test('is UNKNOWN_EVENT to the ack and as "error"', async () => {
    const before = socket.all('error').length;
    const ack = await socket.emit(name, { conversationId: 'x' });
    const code = 'UNKNOWN_EVENT';
    const message = `There is no such event: there are ${EVENTS}.`;
    expect(ack).toEqual({ ok: false, error: { code, message, statusCode: 404 } });
    expect(socket.all('error').slice(before)).toEqual([{ code, message, statusCode: 404, event: name }]);
  });

  test('without an acknowledgement gets the event "error"', async () => {
    const before = socket.all('error').length;
    socket.client.emit(name);
    await socket.settle();
    expect(socket.all('error').slice(before)).toMatchObject([{ code: 'UNKNOWN_EVENT', event: name }]);
  });
});

test.for(['42/chat,1[7]', '42/chat,1[0,{"a":1}]'])(
  'a number for a name, %s, is answered as well',
  async (packet, { server }) => {
    const raw = await RawWebSocket.join(server.url, token);
    raw.send(packet);
    expect(await raw.frame(/^43\/chat,1/)).toContain('UNKNOWN_EVENT');
    raw.close();
  },
);

test('the socket works on after all of them', async () => {
  const conversationId = '00000000-0000-4000-8000-000000000000';
  expect(await socket.emit('leave_room', { conversationId })).toEqual({ ok: true, data: { conversationId } });
});
