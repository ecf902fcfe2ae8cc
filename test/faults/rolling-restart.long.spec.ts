import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { HaProxy } from '../support/haproxy.js';
import { startRedis } from '../support/start-redis.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

const cleaning: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleaning.splice(0).toReversed()) await step();
});
afterAll(cleanUp);

type Account = Awaited<ReturnType<typeof signUp>>;

/** As many sockets as the accounts may have: eight accounts, 20 each. */
const MOST_CLIENTS = 160;
const MOST_CALLS = 100_000;

/** Clients that connect and stay, a new one every 100 ms, from many addresses and over all transports. */
class Arrivals {
  readonly clients: Socket[] = [];

  constructor(
    private readonly url: string,
    private readonly accounts: readonly Account[],
  ) {}

  async arriveUntil(over: AbortSignal): Promise<void> {
    for (let number = 0; number < MOST_CLIENTS && !over.aborted; number += 1) {
      const account = this.accounts[number % this.accounts.length];
      const transports = [['websocket'], ['polling'], ['polling', 'websocket']][number % 3] ?? [];
      this.clients.push(
        io(`${this.url}/chat`, {
          auth: { token: account?.token },
          transports,
          forceNew: true,
          agent: new Agent({ localAddress: `127.0.1.${number + 1}` }) as never,
        }),
      );
      await delay(100);
    }
  }

  get connected(): number {
    return this.clients.filter(({ connected }) => connected).length;
  }
}

/** Reads and sends without a pause; repeats each failed request once, as a client would. */
async function callUntil(over: AbortSignal, url: string, { token, conversationId }: Account) {
  const failures: string[] = [];
  const attempt = async (method: string, path: string, body?: object): Promise<string> =>
    callApi(url, method, path, { token, body }).then(
      ({ status, body: answer }) => (status < 300 ? String(status) : `${status} ${answer.code}`),
      String,
    );
  let calls = 0;
  for (; calls < MOST_CALLS && !over.aborted; calls += 2) {
    const body = { content: `message ${calls}`, clientMessageId: `m-${calls}` };
    const pair = [
      ['GET', '/chat/conversations', undefined],
      ['POST', `/chat/conversations/${conversationId}/messages`, body],
    ] as const;
    for (const [method, path, sent] of pair) {
      if (isSuccess(await attempt(method, path, sent))) continue;
      await delay(1_000);
      const again = await attempt(method, path, sent);
      if (!isSuccess(again)) failures.push(`${method}: ${again}`);
    }
  }
  return { calls, failures };
}

const isSuccess = (outcome: string): boolean => outcome === '200' || outcome === '201';

it('a rolling restart behind HAProxy loses no client and no request', async () => {
  const database = await TestDatabase.create();
  cleaning.push(() => database.drop());
  const redis = await startRedis();
  cleaning.push(() => redis.stop());
  const ports = [await freePort(), await freePort()] as const;
  const start = (port: number) =>
    ServerProcess.start({
      DATABASE_URL: urlOf(database.connection),
      REDIS_URL: redis.url,
      JWT_ACCESS_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef',
      PORT: String(port),
      TRUST_PROXY: '1',
    });
  const nodes = { one: await start(ports[0]), two: await start(ports[1]) };
  const proxy = await HaProxy.start(ports);
  cleaning.push(() => proxy.stop());

  const accounts = await Promise.all(Array.from({ length: 8 }, () => signUp(nodes.one.url)));
  const arrivals = new Arrivals(proxy.url, accounts);
  cleaning.push(() => arrivals.clients.forEach((client) => client.disconnect()));
  const over = new AbortController();
  const arriving = arrivals.arriveUntil(over.signal);
  const calling = Promise.all(
    accounts.slice(0, 3).map((account) => callUntil(over.signal, proxy.url, account)),
  );
  await waitUntil('some are there', () => arrivals.connected >= 10, 30_000);

  for (const [name, port] of [['one', ports[0]] as const, ['two', ports[1]] as const]) {
    expect(await nodes[name].stop()).toEqual({ code: 0, signal: null });
    await proxy.untilDown(name);
    nodes[name] = await start(port);
    await proxy.untilUp(name);
  }
  over.abort();
  await arriving;
  const done = await calling;
  await waitUntil('all are there', () => arrivals.connected === arrivals.clients.length, 25_000).catch(
    () => undefined,
  );
  expect(arrivals.connected).toBe(arrivals.clients.length);
  expect(done.flatMap(({ failures }) => failures)).toEqual([]);
  expect(Math.min(...done.map(({ calls }) => calls))).toBeGreaterThan(20);
}, 180_000);

it('a node that answers nothing for a while stays in service, and answers what has come in the meantime', async () => {
  const database = await TestDatabase.create();
  cleaning.push(() => database.drop());
  const port = await freePort();
  const node = await ServerProcess.start({
    DATABASE_URL: urlOf(database.connection),
    JWT_ACCESS_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef',
    PORT: String(port),
  });
  const proxy = await HaProxy.start([port, port]);
  cleaning.push(() => proxy.stop());
  const asked: Promise<Response>[] = [];
  node.child.kill('SIGSTOP');
  // Longer than three checks take whose limit is their interval.
  for (let second = 0; second < 8; second += 1) {
    asked.push(fetch(`${proxy.url}/health`));
    await delay(1_000);
  }
  node.child.kill('SIGCONT');
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
}, 60_000);
