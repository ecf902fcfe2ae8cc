import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CountersAdapter } from '../../src/arch/common/infrastructure/rate-limit/counters.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';
import { countersContract } from './counters.contract.js';

describe('counters in memory', () => {
  const counters = new CountersAdapter(new RedisConnection(testConfig()));
  countersContract(() => counters);
});

describe('counters in Redis', () => {
  let server: RedisServer;
  let connection: RedisConnection;
  let counters: CountersAdapter;
  beforeAll(async () => {
    server = await startRedis();
    connection = new RedisConnection(testConfig({ REDIS_URL: server.url }));
    await connection.onModuleInit();
    counters = new CountersAdapter(connection);
  });
  afterAll(async () => {
    await connection.onApplicationShutdown();
    await server.stop();
  });
  countersContract(() => counters);

  it('are reset also where this node counted by itself meanwhile', async () => {
    const available = vi.spyOn(connection, 'isAvailable', 'get');
    for (const window of [60_000, 3_600_000]) {
      const count = { key: `own of ${window}`, window };
      available.mockReturnValue(false);
      await counters.increaseCounters([count]);
      available.mockReturnValue(true);
      await counters.resetCounters([count.key]);
      available.mockReturnValue(false);
      expect(await counters.increaseCounters([count])).toMatchObject([{ total: 1 }]);
    }
    available.mockRestore();
  });

  it('cost one command however many are counted at once', async () => {
    const redis = new Redis(server.url);
    const monitor = await redis.monitor();
    const commands: string[] = [];
    // Commands of a script inside Redis are reported with the source `lua`.
    monitor.on('monitor', (_time: string, [name = '']: string[], source: string) => {
      if (source !== 'lua') commands.push(name.toLowerCase());
    });
    const counts = ['user', 'address', 'network'].map((key) => ({ key, window: 60_000, limit: 9 }));
    await counters.increaseCounters(counts);
    await redis.echo('end');
    await expect.poll(() => commands).toContain('echo');
    expect(commands.filter((name) => name.startsWith('eval'))).toHaveLength(1);
    expect(commands.filter((name) => !name.startsWith('eval') && name !== 'echo')).toEqual([]);
    monitor.disconnect();
    redis.disconnect();
  });
});
