import { afterAll, beforeAll, expect, it } from 'vitest';
import { OnlineUsersPort } from '../../../src/arch/modules/presence/application/ports/online-users.port.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { startNode } from '../auth/support.js';
import { TwoNodes } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let bob: TestUser;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  nodes = await TwoNodes.start();
  [ada, bob] = [await nodes.one.signUp('Ada'), await nodes.one.signUp('Bob')];
  await nodes.one.createConversation(ada, [bob]);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await nodes.stop();
});

async function connect(node: 0 | 1, { token }: TestUser): Promise<TestSocket> {
  const socket = await TestSocket.connect(nodes.urls[node], token);
  sockets.push(socket);
  return socket;
}

const statuses = (socket: TestSocket) => socket.all('presence').map(({ status }) => status);
const ask = async (socket: TestSocket) =>
  (await socket.emit('subscribe_presence', { userIds: [bob.id] })).data.presence[0].status;

/** Milliseconds of a test: absence is shown 10 to 20 s after the last socket has gone. */
const TIMEOUT = 60_000;

// The first two wait for ten seconds and more: at the same time.
it.concurrent(
  'a user is online on each node, wherever the sockets are, until the last of them is gone',
  { timeout: TIMEOUT },
  async () => {
    const watching = await Promise.all([connect(0, ada), connect(1, ada)]);
    for (const socket of watching) expect(await ask(socket)).toBe('offline');
    const first = await connect(0, bob);
    for (const socket of watching) await socket.waitFor('presence', 1);
    const second = await connect(1, bob);
    first.close();
    for (const socket of watching) expect(await ask(socket)).toBe('online');
    second.close();
    for (const socket of watching) await socket.waitFor('presence', 2);
    expect(watching.map(statuses)).toEqual([
      ['online', 'offline'],
      ['online', 'offline'],
    ]);
  },
);

it.concurrent(
  'who hides, is removed, or is added again on one node is shown so by the other one',
  { timeout: TIMEOUT },
  async () => {
    const eve = await nodes.one.signUp('Eve');
    const id = await nodes.one.createConversation(ada, [eve]);
    const watching = await connect(1, ada);
    await watching.emit('subscribe_presence', { userIds: [eve.id] });
    await connect(0, eve);
    await watching.waitFor('presence', 1);
    const call = (method: string, path: string, { token }: TestUser, body?: object) =>
      nodes.one.call(method, path, { token, body });
    await call('DELETE', `/chat/conversations/${id}/members/${eve.id}`, ada);
    await watching.waitFor('presence', 2);
    await call('POST', `/chat/conversations/${id}/members`, ada, { userId: eve.id });
    await watching.waitFor('presence', 3);
    await call('PUT', '/users/me', eve, { presence: 'nobody' });
    await watching.waitFor('presence', 4);
    expect(watching.all('presence')).toEqual(
      ['online', 'offline', 'online', 'offline'].map((status) => ({ userId: eve.id, status })),
    );
  },
);

it('a node that stops tells the others that its users have gone', async () => {
  const third = await startNode(nodes.one);
  const eve = await nodes.one.signUp('Eve');
  const socket = await TestSocket.connect(third.url, eve.token);
  const online = nodes.one.app.get(OnlineUsersPort, { strict: false });
  await expect.poll(() => online.isOnline(eve.id), { timeout: 10_000 }).toBe(true);
  await third.app.close();
  // Of a node that only is silent they would count as online for 30 s.
  await expect.poll(() => online.isOnline(eve.id), { timeout: 10_000 }).toBe(false);
  socket.close();
});

it('without Redis a node shows the users of its own sockets', { timeout: TIMEOUT }, async () => {
  // The state of another user is settling still.
  bob = await nodes.one.signUp('Eve');
  await nodes.one.createConversation(ada, [bob]);
  await nodes.redis.kill();
  await connect(0, bob);
  const [here, there] = [await connect(0, ada), await connect(1, ada)];
  expect([await ask(here), await ask(there)]).toEqual(['online', 'offline']);
});
