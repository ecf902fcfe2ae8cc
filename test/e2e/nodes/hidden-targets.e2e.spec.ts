import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { TwoNodes } from './two-nodes.js';

const CANARY = 'canary-target';

let nodes: TwoNodes;
let owner: TestUser;
let member: TestUser;

beforeAll(async () => {
  nodes = await TwoNodes.start({ THROTTLE_GLOBAL_LIMIT: '100000' });
  [owner, member] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
});
afterAll(() => nodes.stop());

/** A socket in the room, over either transport, and the text of every packet that it gets from then on. */
async function listen(url: string, { token }: TestUser, transport: string, conversationId: string) {
  const socket = await TestSocket.connect(url, token, { transports: [transport] });
  const packets: string[] = [];
  socket.client.io.engine.on('packet', ({ data }) => packets.push(String(data)));
  await socket.emit('join_room', { conversationId });
  return { socket, packets };
}
const listenEverywhere = (user: TestUser, conversationId: string) =>
  Promise.all(
    nodes.urls.flatMap((url) =>
      ['websocket', 'polling'].map((transport) => listen(url, user, transport, conversationId)),
    ),
  );

/** A message that the owner has sent and the member does not see. */
async function startHidden() {
  const id = await nodes.one.createConversation(owner);
  const path = `/chat/conversations/${id}`;
  const call = (node: number, method: string, place: string, body?: object) =>
    callApi(nodes.urls[node] ?? '', method, path + place, { token: owner.token, ...(body && { body }) });
  const { body: hidden } = await call(0, 'POST', '/messages', { content: `${CANARY} first` });
  await call(0, 'POST', '/members', { userId: member.id, history: 'none' });
  await nodes.receiveAll();
  return { id, hidden, call };
}

it.each([
  ['the first', 0],
  ['the second', 1],
])('a reply that %s of two nodes stores shows nobody what is hidden, on either node', async (_, node) => {
  const { id, hidden, call } = await startHidden();
  const mine = await listenEverywhere(member, id);
  const others = await listenEverywhere(owner, id);
  const other = 1 - node;
  const reply = { content: 'reply', replyToId: hidden.id };
  const { body: first } = await call(node, 'POST', '/messages', reply);
  const [sender] = others;
  await sender?.socket.emit('send_message', { conversationId: id, ...reply });
  await call(other, 'PATCH', `/messages/${hidden.id}`, { content: `${CANARY} edited` });
  await call(node, 'PUT', `/messages/${hidden.id}/reactions/x`);
  await call(other, 'PUT', `/messages/${first.id}/reactions/x`);
  await call(node, 'PUT', `/messages/${first.id}/pin`);
  await call(other, 'PATCH', `/messages/${first.id}`, { content: 'edited' });
  await call(node, 'DELETE', `/messages/${first.id}`);
  const { body: last } = await call(other, 'POST', '/messages', reply);

  const place = { id: hidden.id, seq: 1 };
  for (const { socket, packets } of mine) {
    const heard = await socket.waitFor('new_message', 3);
    expect(heard.map(({ replyTo }) => replyTo)).toEqual([place, place, place]);
    expect(heard[2]).toMatchObject({ id: last.id });
    const changed = socket.all('message_updated').map(({ message }) => message);
    expect(changed).toHaveLength(4);
    for (const message of changed) expect(message).toMatchObject({ id: first.id, replyTo: place });
    const text = packets.join('\n');
    expect(text).toContain(first.id);
    expect(text).not.toContain(CANARY);
    socket.close();
  }
  for (const { socket, packets } of others) {
    const heard = await socket.waitFor('new_message', 3);
    expect(heard.map(({ replyTo }) => replyTo)).toMatchObject([
      { ...place, excerpt: `${CANARY} first` },
      { ...place, excerpt: `${CANARY} first` },
      { ...place, excerpt: `${CANARY} edited` },
    ]);
    expect(packets.join('\n')).toContain(CANARY);
    socket.close();
  }
});
