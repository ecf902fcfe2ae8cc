import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NodeSeal } from '../../src/arch/common/infrastructure/redis/node-seal.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { RedisPublisher } from '../../src/arch/common/infrastructure/redis/redis-publisher.js';
import { RedisSubscriber } from '../../src/arch/common/infrastructure/redis/redis-subscriber.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';

let redis: RedisServer;
let connection: RedisConnection;
let publisher: RedisPublisher;
let subscriber: RedisSubscriber;
let received: string[];
const warned = vi.spyOn(Logger.prototype, 'warn');

beforeEach(async () => {
  Logger.overrideLogger(false);
  redis = await startRedis();
  const config = testConfig({ REDIS_URL: redis.url });
  connection = new RedisConnection(config);
  // As on two nodes: a node does not receive its own messages.
  publisher = new RedisPublisher(connection, new NodeSeal(config));
  subscriber = new RedisSubscriber(connection, new NodeSeal(config));
  received = [];
  subscriber.subscribe(connection.redisChannel('test'), (message) => void received.push(message.toString()));
  await connection.onModuleInit();
  await subscriber.onApplicationBootstrap();
  warned.mockClear();
});
afterEach(async () => {
  redis.thaw();
  await publisher.onApplicationShutdown();
  subscriber.onApplicationShutdown();
  await connection.onApplicationShutdown();
  await redis.stop();
});

const publish = (message: string): void => publisher.publishMessage(connection.redisChannel('test'), message);
const warnings = (text: string): number =>
  warned.mock.calls.filter(([message]) => String(message).includes(text)).length;

/** Publishes until the message is received. */
const arrives = (message: string) =>
  vi.waitFor(
    () => {
      publish(message);
      expect(received).toContain(message);
    },
    { interval: 10, timeout: 20_000 },
  );

it('keeps up to 16 MiB for a Redis that does not answer, drops the rest, and logs it once', async () => {
  await arrives('hello');
  redis.freeze();
  const mebibyte = 'x'.repeat(2 ** 20);
  for (let count = 0; count < 15; count += 1) publish(mebibyte);
  expect(warnings('Other nodes do not receive')).toBe(0);
  publish(`too much ${mebibyte}${mebibyte}`);
  publish(`still ${mebibyte}${mebibyte}`);
  expect(warnings('slower than this node')).toBe(1);
  expect(warnings('Other nodes do not receive')).toBe(1);
  redis.thaw();
  await arrives('and again');
  expect(received.filter((message) => message.startsWith('too much'))).toEqual([]);
});

it('logs a Redis that is sometimes too slow once a minute, not with every event', async () => {
  await arrives('hello');
  const tooMuch = 'x'.repeat(17 * 2 ** 20);
  for (const message of ['one', 'two', 'three']) {
    publish(tooMuch);
    await arrives(message);
  }
  expect(warnings('Other nodes do not receive')).toBe(1);
});

it('has the whole 16 MiB again after every outage', async () => {
  const most = 'x'.repeat(12 * 2 ** 20);
  for (const outage of ['first', 'second', 'third']) {
    await arrives(`before the ${outage}`);
    await vi.waitFor(() => expect(connection.isAvailable).toBe(true));
    publish(most);
    await redis.kill();
    publish('lost');
    await redis.restart();
  }
  await arrives('after all');
  expect(warnings('slower than this node')).toBe(0);
  expect(received).not.toContain('lost');
});

it('the other nodes receive all messages of a node that stops, unless Redis does not answer', async () => {
  await arrives('hello');
  const mebibyte = 'x'.repeat(2 ** 20);
  for (let count = 0; count < 15; count += 1) publish(`${count} ${mebibyte}`);
  expect(Reflect.get(publisher, 'waiting')).toBeGreaterThan(15 * 2 ** 20);
  await publisher.onApplicationShutdown();
  expect(Reflect.get(publisher, 'waiting')).toBe(0);
  await vi.waitUntil(() => received.some((message) => message.startsWith('14 ')), { timeout: 20_000 });
});
