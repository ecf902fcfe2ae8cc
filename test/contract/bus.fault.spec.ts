import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NodeSeal } from '../../src/arch/common/infrastructure/redis/node-seal.js';
import { RedisBusAdapter } from '../../src/arch/common/infrastructure/redis/redis-bus.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { RedisPublisher } from '../../src/arch/common/infrastructure/redis/redis-publisher.js';
import { RedisSubscriber } from '../../src/arch/common/infrastructure/redis/redis-subscriber.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';

/** All nodes have the same secret. */
const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';

const fail = () => {
  throw new Error('a listener that must not throw');
};

class Node {
  readonly received: string[] = [];
  readonly receivedOfTopic: string[] = [];
  private constructor(
    readonly bus: RedisBusAdapter,
    private readonly parts: readonly { onApplicationShutdown(): unknown }[],
  ) {
    bus.subscribe('news', (message) => this.received.push(message));
    bus.subscribeToTopic('/news', (message) => this.receivedOfTopic.push(message));
    bus.subscribe('trouble', fail);
    bus.subscribeToTopic('/trouble', fail);
  }

  static async start(url: string): Promise<Node> {
    const config = testConfig({ REDIS_URL: url, JWT_ACCESS_SECRET: SECRET });
    const connection = new RedisConnection(config);
    const seal = new NodeSeal(config);
    const publisher = new RedisPublisher(connection, seal);
    const subscriber = new RedisSubscriber(connection, seal);
    const bus = new RedisBusAdapter(publisher, subscriber, connection);
    await connection.onModuleInit();
    await subscriber.onApplicationBootstrap();
    return new Node(bus, [connection, publisher, subscriber]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.onApplicationShutdown()));
  }
}

describe('the bus between nodes', () => {
  let redis: RedisServer;
  let one: Node;
  let two: Node;

  /** Publishes until the others have received it: pub/sub reaches only those who have subscribed by then. */
  const arrives = (message: string) =>
    vi.waitFor(
      () => {
        one.bus.publish('news', message);
        one.bus.publishToTopic('/news', message);
        expect(two.received).toContain(message);
        expect(two.receivedOfTopic).toContain(message);
      },
      { interval: 10, timeout: 10_000 },
    );

  beforeAll(async () => {
    Logger.overrideLogger(false);
    redis = await startRedis();
    [one, two] = await Promise.all([Node.start(redis.url), Node.start(redis.url)]);
  });
  afterAll(async () => {
    await Promise.all([one.stop(), two.stop()]);
    await redis.stop();
  });

  it('delivers a message to the other nodes, in its channel, and not to its publisher', async () => {
    await arrives('hello');
    one.bus.publish('other', 'for nobody');
    one.bus.publish('/news', 'for no topic');
    one.bus.publishToTopic('/other', 'for nobody');
    one.bus.publishToTopic('news', 'for no channel');
    await arrives('hello again');
    expect([one.received, one.receivedOfTopic]).toEqual([[], []]);
    for (const message of ['for nobody', 'for no topic', 'for no channel']) {
      expect([...two.received, ...two.receivedOfTopic]).not.toContain(message);
    }
  });

  it('keeps the order of a node in a topic', async () => {
    await arrives('before the numbers');
    const numbers = Array.from({ length: 500 }, (_, index) => `number ${index}`);
    for (const number of numbers) one.bus.publishToTopic('/news', number);
    await arrives('after the numbers');
    expect(two.receivedOfTopic.filter((message) => message.startsWith('number'))).toEqual(numbers);
  });

  it('drops messages of strangers, and survives listeners that throw', async () => {
    const stranger = new Redis(redis.url);
    const db = stranger.options.db ?? 0;
    await stranger.publish(`causerie:bus:${db}`, 'no json');
    await stranger.publish(`causerie:bus:${db}`, '{"node":1}');
    const forged = JSON.stringify({ channel: 'news', message: 'forged' });
    const [channel, elsewhere] = [`causerie:bus:${db}`, `causerie:other:${db}`];
    const [trusted, untrusted] = [SECRET, `${SECRET}!`].map(
      (JWT_ACCESS_SECRET) => new NodeSeal(testConfig({ JWT_ACCESS_SECRET })),
    ) as [NodeSeal, NodeSeal];
    const moved = trusted.sealMessage(elsewhere, forged);
    for (const message of [
      forged,
      `${'A'.repeat(43)} ${forged}`,
      untrusted.sealMessage(channel, forged),
      moved,
    ]) {
      await stranger.publish(channel, message);
    }
    const topic = `causerie:nodes:${db}-request#/news#`;
    for (const message of [
      'forged',
      untrusted.sealMessage(topic, 'forged'),
      trusted.sealMessage(channel, 'forged'),
    ]) {
      await stranger.publish(topic, message);
    }
    one.bus.publish('trouble', 'x');
    one.bus.publishToTopic('/trouble', 'x');
    await arrives('after trouble');
    for (const received of [two.received, two.receivedOfTopic]) {
      expect(received).not.toContain('no json');
      expect(received).not.toContain('forged');
    }
    stranger.disconnect();
  });

  it('loses messages silently while Redis is unavailable, and delivers again when Redis is back', async () => {
    await redis.kill();
    expect(() => {
      one.bus.publish('news', 'lost');
      one.bus.publishToTopic('/news', 'lost');
    }).not.toThrow();
    await redis.restart();
    await arrives('back');
    expect([...two.received, ...two.receivedOfTopic]).not.toContain('lost');
  });

  it('delivers nothing to nodes with another database number of Redis', async () => {
    const elsewhere = await Node.start(new URL('/9', redis.url).href);
    for (const message of ['first', 'second', 'third']) await arrives(message);
    expect([...elsewhere.received, ...elsewhere.receivedOfTopic]).toEqual([]);
    await elsewhere.stop();
  });
});
