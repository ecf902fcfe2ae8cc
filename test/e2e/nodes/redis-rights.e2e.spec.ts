import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { RedisConnection } from '../../../src/arch/common/infrastructure/redis/redis-connection.js';
import { callApi } from '../../support/api.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { testConfig } from '../../support/test-config.js';
import { TestServer } from '../../support/test-server.js';
import { startNode } from '../auth/support.js';
import { newAddress, statuses } from '../rate-limits/callers.js';
import { joined } from './two-nodes.js';

const [, RIGHTS = ''] = /^ACL SETUSER (causerie .*)$/m.exec(readFileSync('docs/scaling.md', 'utf8')) ?? [];
const warned = vi.spyOn(Logger.prototype, 'warn');
const logged = vi.spyOn(Logger.prototype, 'log');

let redis: RedisServer;
let administrator: Redis;
let url: string;
let nodes: readonly [TestServer, TestServer];

const acl = (words: string) => administrator.call('ACL', 'SETUSER', ...words.split(' '));
const linesWith = (log: typeof warned, text: string) =>
  log.mock.calls.map(([line]) => String(line)).filter((line) => line.includes(text));
const waitForLine = (log: typeof warned, text: string) =>
  vi.waitFor(() => expect(linesWith(log, text)).not.toEqual([]), { interval: 10, timeout: 10_000 });

beforeAll(async () => {
  redis = await startRedis();
  administrator = new Redis(redis.url);
  await acl(RIGHTS);
  const [, password = ''] = />(\S+)/.exec(RIGHTS) ?? [];
  url = Object.assign(new URL(redis.url), { username: 'causerie', password, pathname: '/1' }).href;
  const variables = {
    REDIS_URL: url,
    JWT_ACCESS_SECRET: randomBytes(32).toString('hex'),
    THROTTLE_GLOBAL_LIMIT: '5',
    TRUST_PROXY: '1',
  };
  nodes = [await TestServer.start(variables), await TestServer.start(variables)];
});
beforeEach(() => {
  warned.mockClear();
  logged.mockClear();
});
afterEach(() => acl(RIGHTS));
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  administrator.disconnect();
  await redis.stop();
});

/** Sends three requests of one client through each node, of which five are accepted. */
async function countTogether(): Promise<void> {
  const from = newAddress();
  expect(await statuses(nodes[0], 3, { from })).toEqual([200, 200, 200]);
  expect(await statuses(nodes[1], 3, { from })).toEqual([200, 200, 429]);
}

it('the documented rights are enough: nodes share counters and receive all events, and nothing is refused', async () => {
  const ada = await nodes[0].signUp('Ada');
  const room = await nodes[0].createConversation(ada);
  const third = await startNode(nodes[0]);
  const socket = await joined(third.url, ada, room);
  await callApi(nodes[0].url, 'POST', `/chat/conversations/${room}/messages`, {
    token: ada.token,
    body: { content: 'hello' },
  });
  await socket.waitFor('new_message', 1);
  socket.close();
  await third.app.close();
  await countTogether();
  expect(await administrator.call('ACL', 'LOG')).toEqual([]);
  expect(linesWith(warned, 'Redis')).toEqual([]);
});

it('all keys have one prefix', async () => {
  await countTogether();
  await administrator.select(1);
  const keys = await administrator.keys('*');
  await administrator.select(0);
  expect(keys).not.toEqual([]);
  expect(keys.filter((key) => !key.startsWith('causerie:'))).toEqual([]);
});

it('a right that is revoked is logged once, with its name; each node counts by itself meanwhile', async () => {
  await acl('causerie -incrby');
  const from = newAddress();
  expect(await statuses(nodes[0], 7, { from })).toEqual([200, 200, 200, 200, 200, 429, 429]);
  await waitForLine(warned, 'Redis refuses what this node needs');
  expect(linesWith(warned, 'Redis refuses what this node needs')).toHaveLength(1);
  expect(linesWith(warned, 'incrby')).not.toEqual([]);
  expect(linesWith(warned, 'Redis is unavailable')).toEqual([]);
  await acl('causerie +incrby');
  await waitForLine(logged, 'Redis is available again.');
  await countTogether();
});

it('a command that is refused because of its key affects no other client, and does not flood the log', async () => {
  const from = newAddress();
  await administrator.select(1);
  await administrator.lpush(`causerie:count:global:address:${from}`, 'planted');
  await administrator.select(0);
  expect(await statuses(nodes[0], 7, { from })).toEqual([200, 200, 200, 200, 200, 429, 429]);
  await countTogether();
  expect(linesWith(warned, 'Redis is unavailable')).toEqual([]);
  expect(linesWith(warned, 'refuses what')).toEqual([]);
  expect(linesWith(warned, 'WRONGTYPE').length).toBeLessThanOrEqual(1);
});

it('a database number that does not exist is reported, and not replaced by another', async () => {
  const connection = new RedisConnection(testConfig({ REDIS_URL: redis.url + '/99' }));
  await connection.onModuleInit();
  expect(connection.isAvailable).toBe(false);
  expect(linesWith(warned, 'database 99 of REDIS_URL: ERR DB index is out of range')).toHaveLength(1);
  await connection.onApplicationShutdown();
});
