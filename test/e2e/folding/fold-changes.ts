import { isDeepStrictEqual } from 'node:util';
import { startRedis } from '../../support/start-redis.js';
import { FoldingWorld } from '../../support/folding/folding-world.js';
import { TestServer } from '../../support/test-server.js';
import { startNode } from '../auth/support.js';

interface Setup {
  readonly nodes: 1 | 2;
  readonly withRedis: boolean;
  /** Of the random numbers. */
  readonly seed: number;
}

/**
 * Makes random changes in ten parts.
 * @returns what clients have that a fresh reader sees differently after the first part with such a difference, and the
 * most gaps that a client has found
 */
export async function foldChanges(count: number, { nodes, withRedis, seed }: Setup) {
  const redis = withRedis ? await startRedis() : undefined;
  const server = await TestServer.start(redis && { REDIS_URL: redis.url });
  const second = nodes === 2 ? await startNode(server) : undefined;
  const urls = [server.url, ...(second ? [second.url] : [])];
  const world = await FoldingWorld.create(server, { urls, accounts: 12, seed, isFaulty: true });
  let differences: unknown[] = [];
  for (let part = 1; part <= 10 && differences.length === 0; part += 1) {
    await world.changes.make(count / 10);
    await world.reconnectSome();
    if (part % 3 === 0) await world.deleteAccount();
    await world.reconnectAll();
    const comparisons = await world.compare();
    differences = comparisons.filter(({ folded, fresh }) => !isDeepStrictEqual(folded, fresh));
  }
  const gaps = Math.max(...world.clients.map((client) => client.gaps));
  await world.close();
  await second?.app.close();
  await server.stop();
  await redis?.stop();
  return { differences, gaps };
}
