import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { joined, TwoNodes } from './two-nodes.js';

interface Change {
  readonly rev: number;
  readonly prevRev?: number;
  readonly content?: string;
}

let nodes: TwoNodes;
let owner: TestUser;
let member: TestUser;
let room: string;
let thread: string;
let first: string;
let sockets: TestSocket[];

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
/** A conversation with a message and its thread, whose rooms the member has joined on both nodes. */
beforeEach(async () => {
  [owner, member] = [await nodes.one.signUp('Ada'), await nodes.one.signUp('Ben')];
  room = await nodes.one.createConversation(owner, [member]);
  first = (await call(owner, 'POST', `${room}/messages`, { content: 'first' })).id;
  thread = (await call(owner, 'PUT', `${room}/messages/${first}/thread`)).id;
  await nodes.receiveAll();
  sockets = await Promise.all(nodes.urls.map((url) => joined(url, member, room, thread)));
});
afterAll(() => nodes.stop());

const call = async (
  { token }: TestUser,
  method: string,
  path: string,
  body?: object,
  url = nodes.one.url,
) => {
  const answer = await callApi(url, method, `/chat/conversations/${path}`, { token, ...(body && { body }) });
  expect(answer.status).toBeLessThan(300);
  return answer.body as { id: string; rev: number };
};
const clear = (url: string) => call(member, 'POST', `${room}/clear`, undefined, url);
/** A change of the cleared message, a reply in its thread, and a new message. */
async function change(url: string): Promise<void> {
  await call(owner, 'PATCH', `${room}/messages/${first}`, { content: 'secret' }, url);
  await call(owner, 'POST', `${thread}/messages`, { content: 'secret' }, url);
  await call(owner, 'POST', `${room}/messages`, { content: 'last' }, url);
}
const messages = (socket: TestSocket) => socket.all<Change>('new_message').map(({ content }) => content);

it.each([0, 1] as const)(
  'cleared on node %i, sockets on both are told of no change, and of no gap',
  async (node) => {
    await clear(nodes.urls[node]);
    const { rev } = await call(member, 'GET', room);
    await change(nodes.urls[1 - node] ?? '');
    for (const socket of sockets) {
      const [last] = await socket.waitFor<Change>('new_message', 1);
      expect([last?.content, last?.prevRev]).toEqual(['last', rev]);
      expect(socket.all('message_updated')).toEqual([]);
      await socket.settle();
      expect(messages(socket)).toEqual(['last']);
      socket.close();
    }
  },
);

it('of a room that was joined again nothing is different', async () => {
  await clear(nodes.one.url);
  for (const socket of sockets) await socket.emit('join_room', { conversationId: room });
  const refused = await sockets[0]?.emit('join_room', { conversationId: thread });
  expect(refused?.error?.code).toBe('CONVERSATION_NOT_FOUND');
  await change(nodes.one.url);
  for (const socket of sockets) {
    await socket.waitFor('new_message', 1);
    expect(messages(socket)).toEqual(['last']);
    socket.close();
  }
});

it('a member that was removed and added again sees everything, and is told of it', async () => {
  await clear(nodes.one.url);
  await call(owner, 'DELETE', `${room}/members/${member.id}`);
  await call(owner, 'POST', `${room}/members`, { userId: member.id });
  for (const socket of sockets) await socket.emit('join_room', { conversationId: room });
  await change(nodes.two.url);
  for (const socket of sockets) {
    const [updated] = await socket.waitFor<{ change: string }>('message_updated', 1);
    expect(updated?.change).toBe('edited');
    socket.close();
  }
});

it('while Redis is away, it holds for the sockets of the node', async () => {
  await nodes.redis.kill();
  await clear(nodes.one.url);
  await change(nodes.one.url);
  const [here] = sockets;
  await here?.waitFor('new_message', 1);
  expect(here?.all('message_updated')).toEqual([]);
  expect(here && messages(here)).toEqual(['last']);
  for (const socket of sockets) socket.close();
});
