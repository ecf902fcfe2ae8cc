import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { Ack, TestSocket } from '../../support/test-socket.js';
import { type Heard, joined, seqsOf, TwoNodes, upTo } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let ben: TestUser;
let rooms: [string, string, string, string];
/** Two sockets of each member, one on each node, in all rooms. */
let sockets: [TestSocket, TestSocket, TestSocket, TestSocket];

beforeAll(async () => {
  nodes = await TwoNodes.start();
  [ada, ben] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
});
beforeEach(async () => {
  const room = () => nodes.one.createConversation(ada, [ben]);
  rooms = await Promise.all([room(), room(), room(), room()]);
  const [one, two] = nodes.urls;
  const socket = (url: string, user: TestUser) => joined(url, user, ...rooms);
  sockets = await Promise.all([socket(one, ada), socket(two, ada), socket(one, ben), socket(two, ben)]);
});
afterAll(() => nodes.stop());

const overHttp = (url: string, room: string, content: string) =>
  callApi(url, 'POST', `/chat/conversations/${room}/messages`, { token: ada.token, body: { content } });

/** `emit` of the helper is not used: on a busy machine the last answer may take longer than its time limit. */
const overSocket = (socket: TestSocket, conversationId: string, content: string): Promise<Ack> =>
  socket.client.emitWithAck('send_message', { conversationId, content });

const receiveMessages = (count: number) =>
  Promise.all(sockets.map((socket) => socket.waitFor('new_message', count)));

/**
 * After `sent` messages in total: a last message of each node arrives after its earlier ones. Because the order
 * between nodes is not guaranteed, each node sends when all sockets have received the others' messages.
 */
async function receiveAllMessages(sent: number): Promise<void> {
  await receiveMessages(sent);
  for (const [index, url] of nodes.urls.entries()) {
    for (const room of rooms) await overHttp(url, room, 'the last');
    await receiveMessages(sent + (index + 1) * rooms.length);
  }
}

it('200 messages over HTTP to one node reach the sockets of both once, in order', async () => {
  await Promise.all(upTo(50).flatMap((n) => rooms.map((room) => overHttp(nodes.one.url, room, String(n)))));
  await receiveAllMessages(200);
  for (const socket of sockets) for (const room of rooms) expect(seqsOf(socket, room)).toEqual(upTo(52));
});

it('200 messages over a socket reach the sockets of both nodes once, in order', async () => {
  const [, sender] = sockets;
  const sends = upTo(50).flatMap((n) => rooms.map((room) => overSocket(sender, room, String(n))));
  expect((await Promise.all(sends)).filter(({ ok }) => ok)).toHaveLength(200);
  await receiveAllMessages(200);
  for (const socket of sockets) {
    for (const room of rooms) {
      expect(seqsOf(socket, room)).toEqual(upTo(52));
      const inRoom = socket.all<Heard>('new_message').filter(({ conversationId }) => conversationId === room);
      expect(inRoom.slice(0, 50).map(({ content }) => content)).toEqual(upTo(50).map(String));
    }
  }
});

it('messages sent on both nodes at once reach every socket once, and their numbers are dense', async () => {
  const [room] = rooms;
  const [onOne, onTwo] = sockets;
  await Promise.all(
    upTo(50).flatMap((n) => [
      ...nodes.urls.map((url) => overHttp(url, room, String(n))),
      ...[onOne, onTwo].map((socket) => overSocket(socket, room, String(n))),
    ]),
  );
  await receiveAllMessages(200);
  for (const socket of sockets) {
    expect(seqsOf(socket, room).toSorted((one, other) => one - other)).toEqual(upTo(202));
  }
});

it('a message is the same on both nodes', async () => {
  const [room] = rooms;
  const { body } = await overHttp(nodes.two.url, room, 'Grüße 👋\u2028');
  await receiveAllMessages(1);
  for (const socket of sockets) expect(socket.all('new_message')[0]).toEqual(body);
});
