import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import { CountersAdapter } from '../../src/arch/common/infrastructure/rate-limit/counters.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import type { ConversationQuotaPort } from '../../src/arch/modules/chat/application/ports/conversation-quota.port.js';
import { ConversationQuotaAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-quota.adapter.js';
import { ConversationQuotaFake } from '../fakes/conversation-quota.fake.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';

const LIMITS = { LIMIT_CONVERSATIONS_HOUR: '5', LIMIT_ADDED_MEMBERS_HOUR: '20' };
const HOUR = 3_600_000;

/** Work that nothing refuses. */
const work = async (count: () => void) => count();

/** Number of creations with so many members that are accepted before the first is refused. */
async function create(
  quota: ConversationQuotaPort,
  userId: string,
  times: number,
  members = 0,
): Promise<number> {
  for (let created = 0; created < times; created += 1) {
    try {
      await quota.runCounted(userId, { conversations: 1, members }, work);
    } catch (error) {
      if (error instanceof RateLimitedError) return created;
      throw error;
    }
  }
  return times;
}

/** Every user may create 5 conversations and add 20 members. */
function conversationQuotaContract(quota: () => ConversationQuotaPort): void {
  const one = { conversations: 1, members: 0 };

  it('accepts the limit of conversations, however many arrive at once, and says when the hour ends', async () => {
    const user = randomUUID();
    const all = await Promise.all(Array.from({ length: 64 }, () => create(quota(), user, 1)));
    expect(all.filter((created) => created === 1)).toHaveLength(5);
    await expect(quota().runCounted(user, one, async (count) => count())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number),
    });
  });

  it('accepts the limit of members, and fewer into the rest', async () => {
    const user = randomUUID();
    expect(await create(quota(), user, 5, 9)).toBe(2);
    expect(await create(quota(), user, 5, 2)).toBe(1);
    expect(await create(quota(), user, 5)).toBe(2);
  });

  it('counts work once that is repeated, and work that counts nothing not at all', async () => {
    const user = randomUUID();
    await quota().runCounted(user, one, async (count) => {
      count();
      count();
    });
    for (let times = 0; times < 9; times += 1) await quota().runCounted(user, one, async () => undefined);
    expect(await create(quota(), user, 9)).toBe(4);
  });

  it('takes back what was refused afterwards, and not what may have been stored', async () => {
    const user = randomUUID();
    const fail = (error: Error) =>
      quota().runCounted(user, one, async (count) => {
        count();
        throw error;
      });
    for (let times = 0; times < 9; times += 1)
      await expect(fail(new Error('refused'))).rejects.toThrow('refused');
    await expect(fail(new UnavailableError([], 'unknown'))).rejects.toThrow(UnavailableError);
    expect(await create(quota(), user, 9)).toBe(4);
  });

  it('counts each user separately', async () => {
    const [ada, bob] = [randomUUID(), randomUUID()];
    expect(await create(quota(), ada, 9)).toBe(5);
    expect(await create(quota(), bob, 9)).toBe(5);
  });
}

describe('the quota of conversations, the fake', () => {
  const quota = new ConversationQuotaFake({ conversations: 5, members: 20 });
  conversationQuotaContract(() => quota);
});

describe('the quota of conversations, on one node', () => {
  const config = testConfig(LIMITS);
  const quota = new ConversationQuotaAdapter(config, new CountersAdapter(new RedisConnection(config)));
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());
  conversationQuotaContract(() => quota);

  it('starts at 0 after an hour', async () => {
    const user = randomUUID();
    expect(await create(quota, user, 9)).toBe(5);
    vi.advanceTimersByTime(HOUR - 1_000);
    expect(await create(quota, user, 9)).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(await create(quota, user, 9)).toBe(5);
  });
});

describe('the quota of conversations, on two nodes', () => {
  let server: RedisServer;
  let connections: RedisConnection[];
  let nodes: readonly [ConversationQuotaAdapter, ConversationQuotaAdapter];
  const node = async () => {
    const config = testConfig({ ...LIMITS, REDIS_URL: server.url });
    const connection = new RedisConnection(config);
    await connection.onModuleInit();
    connections.push(connection);
    return new ConversationQuotaAdapter(config, new CountersAdapter(connection));
  };
  beforeAll(async () => {
    server = await startRedis();
    connections = [];
    nodes = [await node(), await node()];
  });
  afterAll(async () => {
    for (const connection of connections) await connection.onApplicationShutdown();
    await server.stop();
  });
  conversationQuotaContract(() => nodes[0]);

  it('is shared, except for what a node has not reported yet', async () => {
    const user = randomUUID();
    let created = 0;
    for (let round = 0; round < 9; round += 1) {
      for (const each of nodes) {
        created += await create(each, user, 1);
        // Redis answers in order: after this answer no report is in flight.
        for (const { client } of connections) await client?.ping();
      }
    }
    expect(created).toBeGreaterThanOrEqual(5);
    expect(created).toBeLessThanOrEqual(5 + nodes.length);
  });
});
