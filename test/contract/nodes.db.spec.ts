import assert from 'node:assert/strict';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LivingNodesAdapter } from '../../src/arch/common/infrastructure/redis/living-nodes.adapter.js';
import { LocalBusAdapter } from '../../src/arch/common/infrastructure/redis/local-bus.adapter.js';
import { NodeSeal } from '../../src/arch/common/infrastructure/redis/node-seal.js';
import { RedisBusAdapter } from '../../src/arch/common/infrastructure/redis/redis-bus.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { RedisPublisher } from '../../src/arch/common/infrastructure/redis/redis-publisher.js';
import { RedisSubscriber } from '../../src/arch/common/infrastructure/redis/redis-subscriber.js';
import { BusFake } from '../fakes/bus.fake.js';
import { NodesFake } from '../fakes/nodes.fake.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';
import { describeNodesContract } from './nodes.contract.js';

/** All nodes have the same secret. */
const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';

async function startNode(url: string) {
  const config = testConfig({ REDIS_URL: url, JWT_ACCESS_SECRET: SECRET });
  const connection = new RedisConnection(config);
  const seal = new NodeSeal(config);
  const publisher = new RedisPublisher(connection, seal);
  const subscriber = new RedisSubscriber(connection, seal);
  const node = new LivingNodesAdapter(new RedisBusAdapter(publisher, subscriber, connection));
  await connection.onModuleInit();
  await subscriber.onApplicationBootstrap();
  node.onApplicationBootstrap();
  const disconnect = async () => {
    subscriber.onApplicationShutdown();
    await publisher.onApplicationShutdown();
    await connection.onApplicationShutdown();
  };
  return { node, disconnect };
}

beforeAll(() => Logger.overrideLogger(false));

describeNodesContract('the fake', async () => {
  const nodes = [new NodesFake(), new NodesFake(), new NodesFake()] as const;
  nodes[0].meet(nodes[1]);
  nodes[0].meet(nodes[2]);
  nodes[1].meet(nodes[2]);
  return { nodes, crashLast: async () => nodes[2].crash(), stop: async () => undefined };
});

describeNodesContract('Redis', async () => {
  const redis = await startRedis();
  const [one, two, three] = await Promise.all([
    startNode(redis.url),
    startNode(redis.url),
    startNode(redis.url),
  ]);
  await vi.waitFor(
    () => {
      for (const { node } of [one, two, three]) {
        assert.equal(node['others'].heardWithin(1_000, performance.now()).length, 2);
        assert(node.hearsAllSince !== null);
      }
    },
    { timeout: 10_000 },
  );
  return {
    nodes: [one.node, two.node, three.node],
    crashLast: () => three.disconnect(),
    async stop() {
      for (const { node, disconnect } of [one, two, three]) {
        node.beforeApplicationShutdown();
        await disconnect();
      }
      await redis.stop();
    },
  };
});

/** Whether the asker still waits after so many milliseconds. */
async function waits(asked: Promise<void>, milliseconds: number): Promise<boolean> {
  let isWaiting = true;
  void asked.then(() => (isWaiting = false));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return isWaiting;
}

describe('the nodes of a bus', () => {
  const other = '00000000-0000-4000-8000-00000000000a';
  let bus: BusFake;
  let nodes: LivingNodesAdapter;
  const receive = (message: object) => bus.deliverMessage('nodes', JSON.stringify(message));
  const published = (kind: string) =>
    bus.published.map(({ message }) => JSON.parse(message)).filter((message) => message.kind === kind);

  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    bus = new BusFake();
    nodes = new LivingNodesAdapter(bus);
    nodes.onApplicationBootstrap();
    bus.connection = { since: 0, heardAt: 0 };
  });
  afterAll(() => void vi.useRealTimers());

  it('an asker waits for nobody when no other node lives, and asks nevertheless', async () => {
    await nodes.askNodes('work', 'a');
    expect(published('request')).toMatchObject([{ subject: 'work', request: 'a' }]);
    const alone = new LivingNodesAdapter(new LocalBusAdapter());
    alone.onApplicationBootstrap();
    await alone.askNodes('work', 'a');
    expect(alone.hearsAllSince).toBeNull();
  });

  it('an asker waits for an answer 500 ms at most, and asks again for five seconds', async () => {
    receive({ kind: 'heartbeat', node: other });
    const asked = nodes.askNodes('work', 'a');
    expect(await waits(asked, 499)).toBe(true);
    expect(await waits(asked, 1)).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(published('request').length).toBeGreaterThan(5);
    expect(published('request').length).toBeLessThan(13);
    expect(nodes['open'].size).toBe(0);
  });

  it('a node that has been silent for less than five seconds is not waited for, and asked again', async () => {
    receive({ kind: 'heartbeat', node: other });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await waits(nodes.askNodes('work', 'a'), 0)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(published('request').length).toBeGreaterThan(1);
    receive({ kind: 'done', node: other, to: nodes['node'], id: published('request').at(-1).id });
    expect(nodes['open'].size).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    await nodes.askNodes('work', 'b');
    expect(nodes['open'].size).toBe(0);
  });

  it('an answer ends the waiting, and so does the stop of the node', async () => {
    for (const kind of ['done', 'stopped']) {
      receive({ kind: 'heartbeat', node: other });
      const asked = nodes.askNodes('work', kind);
      const { id, node: to } = published('request').at(-1);
      receive({ kind: 'done', node: other, to, id: other });
      expect(await waits(asked, 10)).toBe(true);
      receive({ kind, node: other, to, id });
      expect(await waits(asked, 0)).toBe(false);
    }
  });

  it('a request that fails is not answered; the next one is', () => {
    nodes.onRequest('work', (request) => {
      if (request === 'fail') throw new Error(request);
    });
    for (const request of ['fail', 'work']) {
      receive({ kind: 'request', node: other, id: other, subject: 'work', request });
    }
    expect(published('done')).toHaveLength(1);
  });

  it('all is heard while the connection brings back what this node publishes', () => {
    bus.connection = { since: 7, heardAt: 7 };
    expect(nodes.hearsAllSince).toBe(7);
    vi.advanceTimersByTime(1_600);
    expect(nodes.hearsAllSince).toBeNull();
    bus.connection = { since: 7, heardAt: 1_600 };
    expect(nodes.hearsAllSince).toBe(7);
    bus.connection = null;
    expect(nodes.hearsAllSince).toBeNull();
  });

  it('a node that has stopped is not missed, although it still answers and asks', () => {
    receive({ kind: 'heartbeat', node: other });
    receive({ kind: 'stopped', node: other });
    receive({ kind: 'done', node: other, to: nodes['node'], id: other });
    receive({ kind: 'request', node: other, id: other, subject: 'work', request: 'a' });
    vi.advanceTimersByTime(60_000);
    bus.connection = { since: 7, heardAt: 60_000 };
    expect(nodes.hearsAllSince).toBe(7);
  });

  it('a node that becomes known is greeted, so that it knows this one at once', () => {
    const before = published('heartbeat').length;
    for (let n = 0; n < 2; n += 1) receive({ kind: 'heartbeat', node: other });
    expect(published('heartbeat')).toHaveLength(before + 1);
  });

  it('messages of other versions are ignored', () => {
    for (const message of [{ kind: 'news', node: other }, {}, []]) receive(message);
    expect(nodes['others'].heardWithin(0, 0)).toEqual([]);
  });
});
