import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { TestSocket } from '../support/test-socket.js';
import { isOpen, LOOPBACK, OTHERS, urlAt } from './addresses.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

async function start(variables: Record<string, string> = {}): Promise<{ url: string; port: string }> {
  const { url } = await ServerProcess.start({ DATABASE_URL: urlOf(database.connection), ...variables });
  return { url, port: new URL(url).port };
}

/** HTTP and Socket.IO, over both of its transports. */
async function expectService(host: string, port: string): Promise<void> {
  const url = urlAt(host, port);
  const { token, conversationId } = await signUp(url);
  for (const transports of [['websocket'], ['polling']]) {
    const socket = await TestSocket.connect(url, token, { transports });
    expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
    socket.close();
  }
}

async function expectOpen(hosts: readonly string[], port: string, open: boolean): Promise<void> {
  const found = await Promise.all(hosts.map(async (host) => ({ host, open: await isOpen(host, port) })));
  expect(found).toEqual(hosts.map((host) => ({ host, open })));
}

it.concurrent.each(['', 'localhost'])(
  'serves the loopback addresses and no other with HOST=%s',
  async (HOST) => {
    const { port, url } = await start({ HOST });
    expect(url).toBe(`http://localhost:${port}`);
    expect(LOOPBACK).toContain('127.0.0.1');
    for (const host of LOOPBACK) {
      await expectService(host, port);
    }
    await expectOpen(OTHERS, port, false);
  },
);

it.concurrent.each(LOOPBACK)('serves only %s when HOST says so', async (HOST) => {
  const { port, url } = await start({ HOST });
  expect(url).toBe(urlAt(HOST, port));
  await expectService(HOST, port);
  await expectOpen([...LOOPBACK.filter((host) => host !== HOST), ...OTHERS], port, false);
});

it.concurrent('serves every IPv4 address in production', async () => {
  const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';
  const { port } = await start({ NODE_ENV: 'production', JWT_ACCESS_SECRET });
  const ipv4 = ['127.0.0.1', ...OTHERS.filter((host) => host.includes('.'))];
  expect(ipv4.length).toBeGreaterThan(1);
  await expectOpen(ipv4, port, true);
});
