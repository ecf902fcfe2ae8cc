import { expect, vi } from 'vitest';
import { BlackHole } from '../../support/black-hole.js';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

/** Milliseconds that a CONNECT waits, instead of ten seconds. */
const PATIENCE = 1_500;

export const startImpatientServer = (): Promise<TestServer> =>
  TestServer.start({}, undefined, { outside: PATIENCE });

export const connect = (server: TestServer, user: TestUser, transport = 'websocket') =>
  TestSocket.connect(server.url, user.token, { transports: [transport] });

/** The maximum number of sockets of one user. */
export async function connectTwenty(
  server: TestServer,
  user: TestUser,
): Promise<readonly [TestSocket, ...TestSocket[]]> {
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => connect(server, user)));
  if (!first) throw new Error('no socket');
  return [first, ...others];
}

/** A stock client that always reconnects by itself, with a record of its events. */
export function stockClient(version: string, { token }: TestUser, transport: string, url: string) {
  const io = STOCK_CLIENTS[version];
  if (!io) throw new Error(`no client ${version}`);
  const client = io(`${url}/chat`, {
    auth: { token },
    forceNew: true,
    transports: [transport],
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  });
  const seen = { ready: 0, refusals: [] as string[] };
  client.on('ready', () => (seen.ready += 1));
  client.on('connect_error', ({ message }) => seen.refusals.push(message));
  return {
    client,
    seen,
    ready: (count: number) => vi.waitFor(() => expect(seen.ready).toBe(count), { timeout: 10_000 }),
  };
}

/**
 * Connects a 21st socket of a stock client, which gets no place; returns its events until it is closed. It must
 * reconnect.
 */
export async function closeOfSurplus(server: TestServer, version: string, transport: string) {
  const [user, other] = [await server.signUp(), await server.signUp()];
  const [first, ...others] = await connectTwenty(server, user);
  const surplus = stockClient(version, user, transport, server.url);
  const closed = new Promise((resolve) => void surplus.client.io.once('close', resolve));
  const stranger = await connect(server, other, transport);
  await closed;
  const seen = { ready: surplus.seen.ready, refusals: [...surplus.seen.refusals] };
  const isActive = surplus.client.active;
  first.close();
  await surplus.ready(1);
  for (const socket of [surplus.client, stranger, ...others]) socket.close();
  return { ...seen, isActive };
}

/** Twenty tabs lose their network without notice to the server; returns which are connected when it is back. */
export async function reconnectTwentyTabs(transport: string): Promise<unknown[]> {
  const server = await TestServer.start();
  const hole = await BlackHole.open(server.url);
  const user = await server.signUp();
  const versions = Object.keys(STOCK_CLIENTS);
  let ready = 0;
  const tabs = Array.from({ length: 20 }, (_, index) =>
    STOCK_CLIENTS[versions[index % versions.length] ?? '']?.(`${hole.url}/chat`, {
      auth: { token: user.token },
      forceNew: true,
      transports: [transport],
    }).on('ready', () => (ready += 1)),
  );
  await vi.waitFor(() => expect(ready).toBe(20), { timeout: 10_000 });
  hole.loseNetwork();
  await vi.waitFor(() => expect(tabs.some((tab) => tab?.connected)).toBe(false), { timeout: 10_000 });
  hole.comeBack();
  await vi.waitFor(() => expect(ready).toBe(40), { timeout: 15_000 });
  const connected = tabs.map((tab) => tab?.connected);
  for (const tab of tabs) tab?.disconnect();
  await hole.close();
  await server.stop();
  return connected;
}
