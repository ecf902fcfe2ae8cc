import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer } from '../../support/test-server.js';
import { newAddress, statuses } from './callers.js';

const OK5 = [200, 200, 200, 200, 200];

describe('two nodes and one Redis', () => {
  const warned = vi.spyOn(Logger.prototype, 'warn');
  const logged = vi.spyOn(Logger.prototype, 'log');
  let redis: RedisServer;
  let nodes: readonly [TestServer, TestServer];

  beforeAll(async () => {
    redis = await startRedis();
    const variables = { REDIS_URL: redis.url, THROTTLE_GLOBAL_LIMIT: '5', TRUST_PROXY: '1' };
    nodes = [await TestServer.start(variables), await TestServer.start(variables)];
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  });

  const countLines = (log: typeof warned, text: string) =>
    log.mock.calls.filter(([line]) => String(line).startsWith(text)).length;
  const waitForLines = (log: typeof warned, text: string, times: number) =>
    vi.waitFor(() => expect(countLines(log, text)).toBe(times), { interval: 10, timeout: 10_000 });

  async function countTogether(): Promise<void> {
    const from = newAddress();
    expect(await statuses(nodes[0], 3, { from })).toEqual([200, 200, 200]);
    expect(await statuses(nodes[1], 3, { from })).toEqual([200, 200, 429]);
    expect(await statuses(nodes[0], 1, { from })).toEqual([429]);
  }

  /** Expects that no client is refused because of it, none is unlimited, and none waits. */
  async function countAlone(): Promise<void> {
    const from = newAddress();
    for (const node of nodes) {
      const start = performance.now();
      const first = await statuses(node, 1, { from });
      expect(performance.now() - start).toBeLessThan(1_000);
      expect([...first, ...(await statuses(node, 6, { from }))]).toEqual([...OK5, 429, 429]);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  }

  it('count together', countTogether);

  it('count on their own while it is killed, and together again when it is back', async () => {
    const away = countLines(warned, 'Redis is unavailable');
    await redis.kill();
    await countAlone();
    await waitForLines(warned, 'Redis is unavailable', away + 2);
    await redis.restart();
    await waitForLines(logged, 'Redis is available again', 2);
    await countTogether();
    expect(countLines(warned, 'Redis is unavailable')).toBe(away + 2);
  });

  it('count on their own while it does not answer', async () => {
    const away = countLines(warned, 'Redis is unavailable');
    const back = countLines(logged, 'Redis is available again');
    redis.freeze();
    await countAlone();
    redis.thaw();
    await waitForLines(logged, 'Redis is available again', back + 2);
    await countTogether();
    expect(countLines(warned, 'Redis is unavailable')).toBe(away + 2);
  });

  it('keep what was counted before it did not answer', async () => {
    const from = newAddress();
    const back = countLines(logged, 'Redis is available again');
    expect(await statuses(nodes[0], 6, { from })).toEqual([...OK5, 429]);
    redis.freeze();
    await countAlone();
    redis.thaw();
    await waitForLines(logged, 'Redis is available again', back + 2);
    expect(await statuses(nodes[1], 1, { from })).toEqual([429]);
  });
});
