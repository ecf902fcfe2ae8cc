import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { PASSWORD } from '../auth/support.js';
import { joined, TwoNodes } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let bob: TestUser;
let room: string;

beforeAll(async () => {
  nodes = await TwoNodes.start();
  [ada, bob] = [await nodes.one.signUp('Ada'), await nodes.one.signUp('Bob')];
  room = await nodes.one.createConversation(ada, [bob]);
});
afterAll(() => nodes.stop());

const rename = (node: 0 | 1, { token }: TestUser, displayName: string) =>
  callApi(nodes.urls[node], 'PUT', '/users/me', { token, body: { displayName } });

it.each([0, 1] as const)('a change on node %i is emitted on both, the same', async (node) => {
  const [eve, id] = await withRoom();
  const sockets = await Promise.all(
    nodes.urls.flatMap((url) => [joined(url, bob, id), joined(url, eve, id), joined(url, eve)]),
  );
  await rename(node, eve, 'Eve L.');
  const heard = await Promise.all(sockets.map((socket) => socket.waitFor('user_updated', 1)));
  expect(new Set(heard.map((events) => JSON.stringify(events))).size).toBe(1);
  expect(heard[0]).toMatchObject([{ userId: eve.id, displayName: 'Eve L.', avatarUrl: null }]);
  for (const socket of sockets) socket.close();
});

it('the deletion of an account is emitted on both nodes', async () => {
  const [eve, id] = await withRoom();
  const path = `/chat/conversations/${id}/messages`;
  await callApi(nodes.one.url, 'POST', path, { token: eve.token, body: { content: 'Hello!' } });
  const sockets = await Promise.all(nodes.urls.map((url) => joined(url, bob, id)));
  await callApi(nodes.one.url, 'DELETE', '/users/me', { token: eve.token, body: { password: PASSWORD } });
  for (const socket of sockets) {
    expect(await socket.waitFor('user_updated', 1)).toMatchObject([
      { userId: eve.id, displayName: 'Deleted user', avatarUrl: null },
    ]);
    socket.close();
  }
});

it('while Redis is away, the sockets of the node hear of it, and no others', async () => {
  const [here, there] = await Promise.all([
    joined(nodes.one.url, bob, room),
    joined(nodes.two.url, bob, room),
  ]);
  await nodes.redis.kill();
  await rename(0, ada, 'Ada L.');
  expect(await here.waitFor('user_updated', 1)).toMatchObject([{ displayName: 'Ada L.' }]);
  await there.settle();
  expect(there.all('user_updated')).toEqual([]);
  for (const socket of [here, there]) socket.close();
});

async function withRoom(): Promise<[TestUser, string]> {
  const eve = await nodes.one.signUp('Eve');
  return [eve, await nodes.one.createConversation(bob, [eve])];
}
