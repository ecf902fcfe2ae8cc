import type { Socket } from 'socket.io';
import { expect } from 'vitest';
import { InFlightWork } from '../../../src/arch/common/application/in-flight-work.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { Bystander } from './bystander.js';
import { RowLock } from './row-lock.js';
import { chatNamespace, disconnected } from './server-side.js';

let conversationId: string;
let users: TestUser[];

const test = apiTest
  .extend('bystander', PER_FILE, ({ server }) => Bystander.join(server))
  .extend('steps', ({ server, bystander }) => {
    const open = (_: unknown, index = 0) =>
      TestSocket.connect(server.url, users[index % users.length]?.token ?? '');
    const isBystander = (id: string) => id === bystander.socket.client.id;
    const others = () => [...chatNamespace(server).sockets.values()].filter(({ id }) => !isBystander(id));
    /** The server's rooms, each with its number of sockets, except those of the bystander. */
    function roomsOfOthers(): [string, number][] {
      const rooms = [...chatNamespace(server).adapter.rooms].map(([room, ids]): [string, number] => [
        room,
        [...ids].filter((id) => !isBystander(id)).length,
      ]);
      return rooms.filter(([, count]) => count > 0);
    }

    return { open, others, roomsOfOthers };
  });

test.beforeAll(async ({ server, bystander }) => {
  ({ conversationId } = bystander);
  users = await server.signUpMembers(bystander.user, conversationId, 10);
});
test.afterAll(({ bystander }) => {
  bystander.leave();
});

/** Cuts the TCP connection without a close frame. */
function terminate({ client }: TestSocket): void {
  const { transport } = client.io.engine as unknown as { transport: { ws: { terminate(): void } } };
  transport.ws.terminate();
}

test('cut off in the middle of 50 sends: the stored messages are a beginning without gaps, and others receive them', async ({
  steps,
  bystander,
}) => {
  const socket = await steps.open(undefined);
  const sends = Array.from({ length: 50 }, (_, index) =>
    socket.emit('send_message', { conversationId, content: `${index}` }),
  );
  const settled = Promise.allSettled(sends);
  await sends[5];
  const leaving = disconnected(steps.others());
  terminate(socket);
  await leaving;
  await settled;
  expect(await bystander.problems()).toEqual([]);
  const received = bystander.socket.all<{ content: string; seq: number }>('new_message');
  expect(received.map(({ seq }) => seq)).toEqual(received.map((_, index) => index + 1));
  const cut = received.filter(({ content }) => content !== 'well?').map(({ content }) => Number(content));
  expect(cut).toEqual(cut.map((_, index) => index));
  expect(cut.length).toBeGreaterThanOrEqual(6);
});

test('300 connections that come, ask for something and go leave nothing behind', async ({
  steps,
  bystander,
}) => {
  for (let round = 0; round < 6; round += 1) {
    const sockets = await Promise.all(Array.from({ length: 50 }, steps.open));
    const leaving = disconnected(steps.others());
    for (const [index, socket] of sockets.entries()) {
      socket.client.emit('join_room', { conversationId });
      if (index % 2 === 0) terminate(socket);
      else socket.close();
    }
    await leaving;
  }
  expect(steps.others()).toEqual([]);
  expect(steps.roomsOfOthers()).toEqual([]);
  expect(await bystander.problems()).toEqual([]);
});

test('100 connections cut before they have joined anything do no harm', async ({ server, bystander }) => {
  const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const attempts = Array.from({ length: 100 }, async (_, index) => {
    const socket = new WebSocket(address);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    if (index % 2 === 0)
      socket.send(`40/chat,${JSON.stringify({ token: users[index % users.length]?.token })}`);
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
    socket.close();
    await closed;
  });
  await Promise.all(attempts);
  expect(await bystander.problems()).toEqual([]);
});

/** Resolves when the server has received an event of a socket, whatever its outcome. */
const receives = (socket: Socket, event: string) =>
  new Promise<void>((resolve) => void socket.onAny((name: string) => name === event && resolve()));

// This test runs last: it drains the server to make sure that no work is in flight.
test('clients that go while their join_room is waiting or running leave no room behind', async ({
  steps,
  server,
}) => {
  const sockets = await Promise.all(Array.from({ length: 20 }, steps.open));
  const lock = await RowLock.take(server, conversationId);
  const leaving = disconnected(steps.others());
  const received = Promise.all(steps.others().map((socket) => receives(socket, 'join_room')));
  for (const [index, { client }] of sockets.entries()) {
    if (index % 2 === 0) client.emit('send_message', { conversationId, content: 'holds the queue up' });
    client.emit('join_room', { conversationId });
  }
  await received;
  for (const socket of sockets) socket.close();
  await leaving;
  await lock.release();
  await server.app.get(InFlightWork).drainWork();
  expect(steps.others()).toEqual([]);
  expect(steps.roomsOfOthers()).toEqual([]);
});
