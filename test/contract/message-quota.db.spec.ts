import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import { CountersAdapter } from '../../src/arch/common/infrastructure/rate-limit/counters.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import type { MessageQuotaPort } from '../../src/arch/modules/chat/application/ports/message-quota.port.js';
import { MessageQuotaAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/message-quota.adapter.js';
import { MessageQuotaFake } from '../fakes/message-quota.fake.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';

const LIMITS = { QUOTA_MESSAGES_DAY: '300', QUOTA_BYTES_DAY: '3000' };
const DAY = 86_400_000;

/** Number of messages that are accepted before the first is refused. */
function send(quota: MessageQuotaPort, userId: string, times: number, content = 'hello'): number {
  for (let sent = 0; sent < times; sent += 1) {
    try {
      quota.takeMessage(userId, content);
    } catch (error) {
      if (error instanceof RateLimitedError) return sent;
      throw error;
    }
  }
  return times;
}

/** Every user has a quota of 300 messages and 3,000 bytes. */
function messageQuotaContract(quota: () => MessageQuotaPort): void {
  it('accepts the quota of messages, however many arrive at once, and returns the time until the day ends', () => {
    const user = randomUUID();
    expect(send(quota(), user, 1_000)).toBe(300);
    const refused = expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
    expect(() => quota().takeMessage(user, 'x')).toThrow(refused);
  });

  it('accepts the quota of bytes, and a smaller message into the rest', () => {
    const user = randomUUID();
    expect(send(quota(), user, 100, '👩'.repeat(24))).toBe(31);
    expect(send(quota(), user, 100, 'x'.repeat(24))).toBe(1);
  });

  it('counts each user separately', () => {
    const [one, other] = [randomUUID(), randomUUID()];
    expect(send(quota(), one, 1_000)).toBe(300);
    expect(send(quota(), other, 1_000)).toBe(300);
  });
}

describe('the quota of messages, the fake', () => {
  const quota = new MessageQuotaFake(300, 3_000);
  messageQuotaContract(() => quota);
});

describe('the quota of messages, on one node', () => {
  const config = testConfig(LIMITS);
  const counters = new CountersAdapter(new RedisConnection(config));
  const quota = new MessageQuotaAdapter(config, counters);
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());
  messageQuotaContract(() => quota);

  it('starts at 0 after a day', async () => {
    const user = randomUUID();
    expect(send(quota, user, 300)).toBe(300);
    await Promise.resolve();
    vi.advanceTimersByTime(DAY - 1_000);
    expect(() => quota.takeMessage(user, 'x')).toThrow(expect.objectContaining({ retryAfterMs: 1_000 }));
    vi.advanceTimersByTime(1_000);
    expect(send(quota, user, 1_000)).toBe(300);
  });

  it('asks the counters once for fifty messages, and for the first', async () => {
    const user = randomUUID();
    const count = vi.spyOn(counters, 'increaseCounters');
    for (let n = 0; n < 101; n += 1) {
      send(quota, user, 1);
      await Promise.resolve();
    }
    expect(count.mock.calls.map(([[messages]]) => messages?.amount)).toEqual([1, 50, 50]);
    count.mockRestore();
  });
});

describe('the quota of messages, on two nodes', () => {
  let server: RedisServer;
  let connections: RedisConnection[];
  const node = async () => {
    const config = testConfig({ ...LIMITS, REDIS_URL: server.url });
    const connection = new RedisConnection(config);
    await connection.onModuleInit();
    connections.push(connection);
    return new MessageQuotaAdapter(config, new CountersAdapter(connection));
  };
  let nodes: readonly [MessageQuotaAdapter, MessageQuotaAdapter];
  beforeAll(async () => {
    server = await startRedis();
    connections = [];
    nodes = [await node(), await node()];
  });
  afterAll(async () => {
    for (const connection of connections) await connection.onApplicationShutdown();
    await server.stop();
  });
  messageQuotaContract(() => nodes[0]);

  it('is shared, except for the fifty messages that each may not have reported yet', async () => {
    const user = randomUUID();
    let sent = 0;
    for (let round = 0; round < 300; round += 1) {
      for (const each of nodes) sent += send(each, user, 1, 'x');
      // Redis answers in order: after this answer no report is in flight.
      for (const { client } of connections) await client?.ping();
    }
    expect(nodes.map((each) => send(each, user, 1, 'x'))).toEqual([0, 0]);
    expect(sent).toBeGreaterThanOrEqual(300);
    expect(sent).toBeLessThanOrEqual(300 + nodes.length * 50);
  });
});
