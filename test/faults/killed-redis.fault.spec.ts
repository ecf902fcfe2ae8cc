import { afterEach, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { TestDatabase } from '../support/test-database.js';
import { expectToCross, receivedMessages, receivedIds } from './crossing-messages.js';
import { signUp } from './demo.js';
import { expectHistory } from './expect-history.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { Traffic } from './traffic.js';

let database: TestDatabase | undefined;
let redis: RedisServer | undefined;
afterEach(async () => {
  await cleanUp();
  await redis?.stop();
  await database?.drop();
});

/** Expects that a node's own sockets received all messages that it stored, and those of each node once, in order. */
function expectOwnOrder(own: Traffic, other: Traffic): void {
  const ids = receivedIds(own);
  expect([...own.acknowledged.keys()].filter((id) => !ids.has(id))).toEqual([]);
  for (const { acknowledged } of [own, other]) {
    const seqs = receivedMessages(own).flatMap(({ clientMessageId, seq }) =>
      acknowledged.has(clientMessageId) ? [seq] : [],
    );
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  }
}

/** The `seq`s that a client gets when it catches up, from the last message before a gap. */
async function after(url: string, token: string, conversationId: string, seq: number): Promise<number[]> {
  const path = `/chat/conversations/${conversationId}/messages?after=${seq}&limit=100`;
  const { status, body } = await callApi(url, 'GET', path, { token });
  expect(status).toBe(200);
  const seqs: number[] = body.data.map((message) => message.seq);
  if (!body.hasMoreAfter) return seqs;
  return [...seqs, ...(await after(url, token, conversationId, Math.max(...seqs)))];
}

const countLines = ({ log }: RunningServer, text: string): number =>
  log.filter(({ msg }) => msg.startsWith(text)).length;

it('two nodes serve on their own while Redis is unavailable, and connect again when it is back', async () => {
  database = await TestDatabase.create();
  redis = await startRedis();
  const settings = {
    DATABASE_URL: urlOf(database.connection),
    REDIS_URL: redis.url,
    JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests',
  };
  const servers = await Promise.all([ServerProcess.start(settings), ServerProcess.start(settings)]);
  const urls = servers.map(({ url }) => url) as [string, string];
  const { token, conversationId } = await signUp(urls[0]);
  const one = await Traffic.start(urls[0], token, conversationId);
  const two = await Traffic.start(urls[1], token, conversationId);
  await expectToCross(one, two);

  await redis.kill();
  await Promise.all(
    servers.map((server) =>
      server.until(() => server.stdout.includes('Other nodes do not receive this one') || undefined),
    ),
  );
  await Promise.all([one.goesOn(50), two.goesOn(50)]);
  for (const url of urls) {
    expect((await callApi(url, 'GET', '/health/ready')).status).toBe(200);
    expect((await after(url, token, conversationId, 0)).length).toBeGreaterThan(100);
  }

  await redis.restart();
  await expectToCross(one, two);
  await Promise.all([one.stop(), two.stop()]);
  await Promise.all([one.listener.settle(), two.listener.settle()]);

  for (const [index, [own, other]] of (
    [
      [one, two],
      [two, one],
    ] as const
  ).entries()) {
    expect(own.failures).toEqual([]);
    expectOwnOrder(own, other);
    const url = urls[index] ?? '';
    await expectHistory(url, token, conversationId, own);
    const known = receivedIds(own);
    const missed = [...other.acknowledged].filter(([id]) => !known.has(id)).map(([, { seq }]) => seq);
    expect(missed.length).toBeGreaterThanOrEqual(50);
    const found = new Set(await after(url, token, conversationId, Math.min(...missed) - 1));
    expect(missed.filter((seq) => !found.has(seq))).toEqual([]);
  }
  for (const server of servers) {
    expect(countLines(server, 'Redis is unavailable')).toBe(1);
    expect(countLines(server, 'Other nodes do not receive this one')).toBe(1);
    expect(countLines(server, "Other nodes receive this one's events again")).toBe(1);
    expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
    expect(server.stderr).toBe('');
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  }
});
