import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WITHOUT_READ_RECEIPTS } from '../../../src/arch/common/domain/rooms.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { chatNamespace } from '../ws/server-side.js';
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
  const path = `/chat/conversations/${room}/messages`;
  for (const content of ['1', '2'])
    await callApi(nodes.one.url, 'POST', path, { token: ada.token, body: { content } });
  await nodes.receiveAll();
});
afterAll(() => nodes.stop());

const set = (readReceipts: boolean) =>
  callApi(nodes.one.url, 'PUT', '/users/me', { token: ada.token, body: { readReceipts } });
/** Resolves when so many sockets of the second node are in the room of those that are not to receive positions. */
const quiet = (count: number) =>
  vi.waitFor(
    () => expect(chatNamespace(nodes.two).adapter.rooms.get(WITHOUT_READ_RECEIPTS)?.size ?? 0).toBe(count),
    { interval: 1, timeout: 10_000 },
  );

/** The positions in the events about members that a socket has received. */
const positionsIn = (socket: TestSocket) =>
  ['member_added', 'member_updated'].flatMap((name) =>
    socket.all<{ member: { lastReadSeq: number } }>(name).map(({ member }) => member.lastReadSeq),
  );

/** An event from the reader's node: earlier ones have arrived by then. */
async function fence(sockets: readonly TestSocket[]): Promise<void> {
  nodes.one.app.get(SocketIoRoomEmitter).emitToRoom('/chat', room, 'fence', {});
  await Promise.all(sockets.map((socket) => socket.waitFor('fence', 1)));
}

it.for([
  ['off', [false], 0],
  ['off and on again', [false, true], 1],
] as const)('sockets on both nodes follow when the setting goes %s', async ([, changes, count]) => {
  const reader = await joined(nodes.one.url, ben, room);
  const sockets = await Promise.all(nodes.urls.map((url) => joined(url, ada, room)));
  for (const areOn of changes) {
    await set(areOn);
    await quiet(areOn ? 0 : 1);
  }
  await reader.emit('mark_read', { conversationId: room, seq: 1 });
  await fence([reader, ...sockets]);
  expect(reader.all('message_read')).toHaveLength(1);
  for (const socket of sockets) {
    expect(socket.all('message_read')).toHaveLength(count);
    socket.close();
  }
  await quiet(0);
});

it('sockets on both nodes are shown the same of members', async () => {
  const [other, eve, bob] = [
    await nodes.one.signUp('Third'),
    await nodes.one.signUp('Eve'),
    await nodes.one.signUp('Bob'),
  ];
  const { token } = ada;
  const path = `/chat/conversations/${room}/members`;
  await callApi(nodes.one.url, 'POST', path, { token, body: { userId: other.id } });
  await callApi(nodes.one.url, 'PUT', '/users/me', { token: ben.token, body: { readReceipts: false } });
  await nodes.receiveAll();
  const ofEach = (user: TestUser) => Promise.all(nodes.urls.map((url) => joined(url, user, room)));
  const [hiding, others] = [await ofEach(ben), await ofEach(other)];
  await hiding[0]?.emit('mark_read', { conversationId: room, seq: 1 });
  await callApi(nodes.one.url, 'POST', path, { token, body: { userId: eve.id } });
  await callApi(nodes.two.url, 'POST', path, { token, body: { userId: bob.id } });
  for (const { id } of [ben, other])
    await callApi(nodes.two.url, 'PATCH', `${path}/${id}`, { token, body: { role: 'admin' } });
  for (const socket of [...hiding, ...others]) await socket.waitFor('member_updated', 2);
  for (const socket of hiding) expect(positionsIn(socket)).toEqual([0, 0, 1, 0]);
  for (const socket of others) expect(positionsIn(socket)).toEqual([2, 2, 0, 2]);
  for (const socket of [...hiding, ...others]) socket.close();
  await quiet(0);
});
