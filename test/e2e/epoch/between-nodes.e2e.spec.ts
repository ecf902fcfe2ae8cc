import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { EpochWatch } from '../../../src/arch/common/infrastructure/database/epoch/epoch-watch.js';
import { NodeSeal } from '../../../src/arch/common/infrastructure/redis/node-seal.js';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { disconnection } from '../auth/support.js';
import { joined, TwoNodes } from '../nodes/two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let room: string;
/** A socket on the second node. */
let socket: TestSocket;
let epoch: string;
let redis: Redis;
/** A third node, of any version. */
let third: NodeSeal;

beforeAll(async () => {
  nodes = await TwoNodes.start();
  ada = await nodes.one.signUp('Ada');
  third = new NodeSeal(nodes.one.config);
  redis = new Redis(nodes.redis.url);
});
beforeEach(async () => {
  room = await nodes.one.createConversation(ada);
  socket = await joined(nodes.two.url, ada, room);
  epoch = String(socket.all('ready')[0]?.['epoch']);
});
afterEach(() => socket.close());
afterAll(async () => {
  redis.disconnect();
  await nodes.stop();
});

async function publishEvent(...word: unknown[]): Promise<void> {
  const channel = `causerie:nodes:${redis.options.db ?? 0}-request#/chat#`;
  const message = JSON.stringify({ uid: 'x', type: 6, data: ['room', room, ...word] });
  await redis.publish(channel, third.sealMessage(channel, message));
}
const say = (content: string) =>
  callApi(nodes.one.url, 'POST', `/chat/conversations/${room}/messages`, {
    token: ada.token,
    body: { content },
  });

it('a node accepts events of its own epoch, and of older nodes without one, and no others', async () => {
  await publishEvent('of_another', { rev: 1_000 }, '', 'another');
  await publishEvent('of_this', { rev: 1 }, '', epoch);
  await publishEvent('of_an_older_node', { rev: 2 });
  await publishEvent('to_others', { rev: 3 }, `user:${ada.id}`);
  await publishEvent('to_others', { rev: 3 }, `user:${ada.id}`, epoch);
  await say('after them');
  await socket.waitFor('new_message', 1);
  const events = socket.everything().map(({ event }) => event);
  expect(events.filter((event) => event !== 'ready')).toEqual(['of_this', 'of_an_older_node', 'new_message']);
});

it('a node that receives another epoch reads the database at once, and its sockets start over', async () => {
  // This node does not poll the epoch by itself.
  nodes.two.app.get(EpochWatch).onModuleDestroy();
  const gone = disconnection(socket);
  const { database } = nodes.one;
  const [row] = await database.query<{ epoch: string }>('select epoch from database_epoch($1)', [epoch]);
  await publishEvent('of_another', { rev: 1 }, '', row?.epoch);
  expect(['transport close', 'transport error']).toContain(await gone);
  expect(socket.all('of_another')).toEqual([]);
  const next = await joined(nodes.two.url, ada, room);
  expect(next.all('ready')[0]?.['epoch']).toBe(row?.epoch);
  next.close();
});
