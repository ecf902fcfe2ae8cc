import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RedisServer } from '../../../../../test/support/redis-server.js';
import { startRedis } from '../../../../../test/support/start-redis.js';
import { testConfig } from '../../../../../test/support/test-config.js';
import { NodeSeal } from './node-seal.js';
import { RedisConnection } from './redis-connection.js';
import { RedisPublisher } from './redis-publisher.js';

const MIB = 2 ** 20;
const MESSAGE = 'x'.repeat(MIB);

let redis: RedisServer;
let connection: RedisConnection;
let publisher: RedisPublisher;
let lines: string[];

beforeEach(async () => {
  lines = [];
  for (const level of ['warn', 'log'] as const) {
    vi.spyOn(Logger.prototype, level).mockImplementation((line: string) => void lines.push(line));
  }
  redis = await startRedis();
  const config = testConfig({
    REDIS_URL: redis.url,
    JWT_ACCESS_SECRET: randomBytes(32).toString('hex'),
  });
  connection = new RedisConnection(config);
  publisher = new RedisPublisher(connection, new NodeSeal(config));
  await connection.onModuleInit();
  await vi.waitUntil(() => Reflect.get(publisher, 'client').status === 'ready', { timeout: 10_000 });
});
afterEach(async () => {
  redis.thaw();
  await publisher.onApplicationShutdown();
  await connection.onApplicationShutdown();
  await redis.stop();
  vi.restoreAllMocks();
});

it('16 MiB are in flight to a slow Redis, what is beyond is dropped and counted, and there is room again', async () => {
  redis.freeze();
  for (let sent = 0; sent < 16; sent += 1) publisher.publishMessage('news', MESSAGE);
  expect(lines).toEqual([]);
  for (let sent = 0; sent < 3; sent += 1) publisher.publishMessage('news', 'x');
  expect(lines).toEqual([
    "Other nodes do not receive this one's live events (Redis is slower than this node).",
  ]);
  redis.thaw();
  await vi.waitUntil(() => lines.length === 2, { timeout: 10_000 });
  expect(lines[1]).toBe("Other nodes receive this one's events again; they missed 3.");

  publisher.publishMessage('news', MESSAGE);
  expect(lines).toHaveLength(2);
});

it('messages that Redis has not taken leave room for others', async () => {
  redis.freeze();
  for (let sent = 0; sent < 16; sent += 1) publisher.publishMessage('news', MESSAGE);
  await vi.waitUntil(() => lines.length === 1, { timeout: 10_000 });
  redis.thaw();
  const isTaken = () => {
    publisher.publishMessage('news', 'x');
    return lines.length === 2;
  };
  await vi.waitUntil(isTaken, { timeout: 10_000 });
  expect(lines[1]).toMatch(/^Other nodes receive this one's events again; they missed \d+\.$/);
});
