import { expect, it } from 'vitest';
import { startRedis } from '../../support/start-redis.js';
import { FoldingWorld } from '../../support/folding/folding-world.js';
import { TestServer } from '../../support/test-server.js';
import { startNode } from '../auth/support.js';

const SEED = Math.floor(Math.random() * 2 ** 32);
/** Some minutes on an idle machine. */
const TIMEOUT_MS = 1_800_000;

/** Without Redis no event reaches another node: only a client that connects again, or finds a gap, reads it. */
it.each([
  ['on one node', 1, false, 10_000],
  ['on two nodes', 2, true, 3_000],
  ['on two nodes without Redis', 2, false, 3_000],
] as const)(
  `%s a client has what a fresh reader sees, after thousands of changes (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async (_, nodes, withRedis, count) => {
    const redis = withRedis ? await startRedis() : undefined;
    const server = await TestServer.start(redis && { REDIS_URL: redis.url });
    const second = nodes === 2 ? await startNode(server) : undefined;
    const urls = [server.url, ...(second ? [second.url] : [])];
    const world = await FoldingWorld.create(server, { urls, accounts: 12, seed: SEED, isFaulty: true });
    for (let part = 1; part <= 10; part += 1) {
      await world.changes.make(count / 10);
      await world.reconnectSome();
      if (part % 3 === 0) await world.deleteAccount();
      await world.reconnectAll();
      for (const { folded, fresh } of await world.compare()) expect(folded).toEqual(fresh);
    }
    expect(Math.max(...world.clients.map(({ gaps }) => gaps))).toBeGreaterThan(count / 100);
    await world.close();
    await second?.app.close();
    await server.stop();
    await redis?.stop();
  },
);
