import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { expectHistory, expectLive, expectUnavailable } from './expect-history.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { Traffic } from './traffic.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterEach(cleanUp);
afterAll(() => database.drop());

it('survives the termination of all its connections, repeatedly', async () => {
  const server = await ServerProcess.start({ DATABASE_URL: urlOf(database.connection) });
  const { token, conversationId } = await signUp(server.url);
  const traffic = await Traffic.start(server.url, token, conversationId);
  const hit = new Set<string>();
  for (let blows = 0; blows < 10 || hit.size < 2; blows += 1) {
    await traffic.goesOn(5, 5_000);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'causerie' and datname = current_database()`,
    );
    for (const { via } of traffic.failures) hit.add(via);
  }
  await traffic.goesOn(20, 5_000);
  await traffic.stop();

  expectUnavailable(traffic);
  await expectHistory(server.url, token, conversationId, traffic);
  expectLive(traffic);
  expect(server.child.exitCode).toBeNull();
  expect(server.stderr).toBe('');
  expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
});
