import { afterEach, expect, it } from 'vitest';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { TestDatabase } from '../support/test-database.js';
import { expectToCross } from './crossing-messages.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { Traffic } from './traffic.js';

let database: TestDatabase | undefined;
let redis: RedisServer | undefined;
afterEach(async () => {
  await cleanUp();
  await redis?.stop();
  await database?.drop();
});

it('two nodes start and serve without Redis, connect when it starts, and stop without it', async () => {
  database = await TestDatabase.create();
  redis = await startRedis();
  await redis.kill();
  const settings = {
    DATABASE_URL: urlOf(database.connection),
    REDIS_URL: redis.url,
    JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests',
  };
  const servers = await Promise.all([ServerProcess.start(settings), ServerProcess.start(settings)]);
  const [first, second] = servers.map(({ url }) => url) as [string, string];
  const { token, conversationId } = await signUp(first);
  const one = await Traffic.start(first, token, conversationId);
  const two = await Traffic.start(second, token, conversationId);
  await Promise.all([one.goesOn(20), two.goesOn(20)]);
  await redis.restart();
  await expectToCross(one, two);
  await redis.kill();
  await Promise.all([one.goesOn(20), two.goesOn(20)]);
  await Promise.all([one.stop(), two.stop()]);
  for (const { failures } of [one, two]) expect(failures).toEqual([]);
  for (const server of servers) {
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.stderr).toBe('');
  }
});
