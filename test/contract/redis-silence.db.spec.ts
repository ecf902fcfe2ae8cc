import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NodeSeal } from '../../src/arch/common/infrastructure/redis/node-seal.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { RedisSubscriber } from '../../src/arch/common/infrastructure/redis/redis-subscriber.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';

/** A relay to Redis on which connections can become silent without being closed, as in a broken network. */
class Line {
  private readonly connections = new Set<Socket>();
  readonly server: Server;

  constructor(target: URL) {
    this.server = createServer((client) => {
      const redis = connect(Number(target.port), target.hostname);
      for (const side of [client, redis]) {
        this.connections.add(side.on('error', () => undefined));
        side.on('close', () => redis.destroy());
      }
      client.pipe(redis).pipe(client);
    });
  }

  /** Silences the existing connections permanently; new connections are not affected. */
  silence(): void {
    for (const connection of this.connections) connection.unpipe();
    this.connections.clear();
  }
}

let redis: RedisServer;
let line: Line;
let connection: RedisConnection;
let subscriber: RedisSubscriber;
/** Connections of the publishing node. */
let other: NodeSeal;

beforeAll(async () => {
  Logger.overrideLogger(false);
  redis = await startRedis();
  line = new Line(new URL(redis.url));
  line.server.listen(0, '127.0.0.1');
  await once(line.server, 'listening');
  const url = new URL(redis.url);
  url.port = String((line.server.address() as { port: number }).port);
  const config = testConfig({ REDIS_URL: url.href });
  connection = new RedisConnection(config);
  subscriber = new RedisSubscriber(connection, new NodeSeal(config));
  other = new NodeSeal(config);
});
afterAll(async () => {
  subscriber.onApplicationShutdown();
  await connection.onApplicationShutdown();
  line.server.close();
  await redis.stop();
});

it('a subscription whose connection has become silent moves to another one', async () => {
  const received: string[] = [];
  const channel = connection.redisChannel('test');
  subscriber.subscribe(channel, (message) => void received.push(message.toString()));
  await connection.onModuleInit();
  await subscriber.onApplicationBootstrap();
  const publisher = new Redis(redis.url);
  await publisher.publish(channel, other.sealMessage(channel, 'before'));
  await vi.waitFor(() => expect(received).toEqual(['before']));
  line.silence();
  await vi.waitFor(
    async () => {
      await publisher.publish(channel, other.sealMessage(channel, 'after'));
      expect(received).toContain('after');
    },
    { interval: 50, timeout: 30_000 },
  );
  publisher.disconnect();
});
