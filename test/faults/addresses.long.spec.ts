import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
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

async function start(
  variables: Record<string, string> = {},
): Promise<{ url: string; announcedUrl: string; port: string }> {
  const { url, announcedUrl } = await ServerProcess.start({
    DATABASE_URL: urlOf(database.connection),
    ...variables,
  });
  return { url, announcedUrl, port: new URL(url).port };
}

/** Checks HTTP and Socket.IO, over both of its transports. */
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

const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';

it.concurrent('serves every address of both IP versions in production', async () => {
  const { port, announcedUrl } = await start({ NODE_ENV: 'production', JWT_ACCESS_SECRET });
  expect(announcedUrl).toBe(urlAt(LOOPBACK.includes('::1') ? '::' : '0.0.0.0', port));
  const every = [...LOOPBACK, ...OTHERS];
  expect(every.length).toBeGreaterThan(1);
  await expectOpen(every, port, true);
  for (const host of LOOPBACK) await expectService(host, port);
});

it.concurrent('names a caller by IPv4 in production, whatever the socket is', async () => {
  const { port } = await start({ NODE_ENV: 'production', JWT_ACCESS_SECRET });
  const url = urlAt('127.0.0.1', port);
  const { token } = await signUp(url);
  const { body } = await callApi(url, 'GET', '/auth/sessions', { token });
  expect(body.data).toMatchObject([{ ip: '127.0.0.1' }]);
});

const ONLY_IPV6 = 'ip link set lo up && ip addr del 127.0.0.1/8 dev lo';
const NO_IPV6 = 'sysctl -qw net.ipv6.conf.lo.disable_ipv6=1 && ip link set lo up';

it.concurrent.each([
  ['IPv6 alone', ONLY_IPV6, '::1', {}],
  ['IPv6 alone, in production', ONLY_IPV6, '::1', { NODE_ENV: 'production', JWT_ACCESS_SECRET }],
  ['IPv4 alone', NO_IPV6, '127.0.0.1', {}],
  ['IPv4 alone, in production', NO_IPV6, '127.0.0.1', { NODE_ENV: 'production', JWT_ACCESS_SECRET }],
])('serves a machine that has %s', async (machine, shape, host, variables: Record<string, string>) => {
  const network = ['unshare', '--net', 'sh', '-c', `${shape} && exec "$@"`, 'sh'];
  if (!(await mayMakeNetworks())) {
    process.stderr.write(
      `NOT TESTED: a machine that has ${machine}: no rights to make a network (unshare --net).\n`,
    );
    return;
  }
  const DATABASE_URL = urlOf(database.connection);
  const { child, url } = await ServerProcess.start({ DATABASE_URL, ...variables }, { prefix: network });
  const address = `${urlAt(host, new URL(url).port)}/health`;
  const ask = `const { status } = await fetch(${JSON.stringify(address)}); process.stdout.write(String(status))`;
  const inside = ['--target', String(child.pid), '--net', process.execPath, '--input-type=module', '-e', ask];
  expect((await promisify(execFile)('nsenter', inside)).stdout).toBe('200');
});

function mayMakeNetworks(): Promise<boolean> {
  return promisify(execFile)('unshare', ['--net', 'sh', '-c', `${NO_IPV6} && command -v nsenter`]).then(
    () => true,
    () => false,
  );
}
