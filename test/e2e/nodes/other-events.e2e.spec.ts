import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { userRoom } from '../../../src/arch/common/domain/rooms.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { disconnection } from '../auth/support.js';
import { joined, TwoNodes } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let ben: TestUser;
let room: string;

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
beforeEach(async () => {
  [ada, ben] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
  room = await nodes.one.createConversation(ada, [ben]);
});
afterAll(() => nodes.stop());

/** A socket on each node. */
const onBoth = (user: TestUser) => Promise.all(nodes.urls.map((url) => joined(url, user, room)));

const addMember = (url: string, userId: string) =>
  callApi(url, 'POST', `/chat/conversations/${room}/members`, { token: ada.token, body: { userId } });

/** An event from each node to all sockets: earlier events have arrived by then. */
async function fence(sockets: readonly TestSocket[]): Promise<void> {
  for (const { app } of [nodes.one, nodes.two])
    app.get(SocketIoRoomEmitter).emitToRoom('/chat', room, 'fence', {});
  await Promise.all(sockets.map((socket) => socket.waitFor('fence', 2)));
}

it('member_added reaches the room, conversation_added the new member, once on each node', async () => {
  const sockets = await onBoth(ada);
  const cleo = await nodes.one.signUp('Cleo');
  const added = await Promise.all(nodes.urls.map((url) => TestSocket.connect(url, cleo.token)));
  expect((await addMember(nodes.two.url, cleo.id)).status).toBe(201);
  await Promise.all(added.map((socket) => socket.waitFor('conversation_added', 1)));
  await Promise.all(added.map((socket) => socket.emit('join_room', { conversationId: room })));
  await fence([...sockets, ...added]);
  for (const socket of sockets) {
    expect(socket.all('member_added')).toMatchObject([{ conversationId: room, member: { userId: cleo.id } }]);
    expect(socket.all('conversation_added')).toEqual([]);
  }
  for (const socket of added) {
    expect(socket.all('conversation_added')).toMatchObject([{ id: room }]);
    expect(socket.all('member_added')).toEqual([]);
  }
});

it('an excepted room receives nothing on either node', async () => {
  const [adas, bens] = await Promise.all([onBoth(ada), onBoth(ben)]);
  nodes.one.app.get(SocketIoRoomEmitter).emitToRoom('/chat', room, 'said', { by: ada.id }, userRoom(ada.id));
  await fence([...adas, ...bens]);
  for (const socket of adas) expect(socket.all('said')).toEqual([]);
  for (const socket of bens) expect(socket.all('said')).toEqual([{ by: ada.id }]);
});

it('when a session ends on one node, its sockets on the other are closed, and no others', async () => {
  const [mine, others] = await Promise.all([onBoth(ada), onBoth(ben)]);
  const cut = Promise.all(mine.map(disconnection));
  expect((await callApi(nodes.one.url, 'POST', '/auth/logout', { token: ada.token })).status).toBe(204);
  expect(await cut).toEqual(Array(2).fill('io server disconnect'));
  await fence(others);
});
