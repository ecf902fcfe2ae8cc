import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';
import { chatNamespace } from '../ws/server-side.js';
import { SilentPeer } from '../ws/silent-peer.js';
import { newAddress } from './callers.js';

const LIMITS = { perAddress: 3, silence: 500 };

const peers: SilentPeer[] = [];

const it = apiTest
  .extend('variables', PER_FILE, { TRUST_PROXY: '1' })
  .extend('server', PER_FILE, async ({ variables }, { onCleanup }) => {
    const server = await TestServer.start(variables, undefined, LIMITS);
    onCleanup(() => server.stop());
    return server;
  })
  .extend('from', () => newAddress())
  .extend('steps', ({ server, from, user }) => {
    async function open(address = from): Promise<SilentPeer> {
      const peer = await SilentPeer.open(server.url, address);
      peers.push(peer);
      return peer;
    }
    async function join(peer: SilentPeer): Promise<void> {
      peer.send(`40/chat,${JSON.stringify({ token: user.token })}`);
      await peer.waitForText('["ready"');
    }
    async function joinOrThrow(peer: SilentPeer): Promise<void> {
      const refused = peer.waitForText(SENT_AWAY).then(() => Promise.reject(new Error('sent away')));
      await Promise.race([join(peer), refused]);
    }

    return { open, join, joinOrThrow };
  });

afterAll(() => {
  for (const peer of peers) peer.destroy();
});

const SENT_AWAY = 'RATE_LIMITED';

describe('connections of one address without a verified token', () => {
  it('are bounded; the next one is refused temporarily', async ({ steps }) => {
    const [first] = [await steps.open(), await steps.open(), await steps.open()];
    const next = await steps.open();
    await next.waitForText(SENT_AWAY);
    expect(first.count(SENT_AWAY)).toBe(0);
  });

  it('are closed at once, also a polling one that never fetches the end', async ({ steps, server, from }) => {
    for (let count = 0; count < 3; count += 1) await steps.open();
    const { clients } = chatNamespace(server).server.engine as unknown as { clients: object };
    const headers = { 'x-forwarded-for': from };
    const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers });
    const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
    await vi.waitFor(() => expect(Object.keys(clients)).not.toContain(sid), { timeout: 10_000 });
  });

  it('make room when they have been silent for too long, the longest first', async ({ steps }) => {
    const [first, second, third] = [await steps.open(), await steps.open(), await steps.open()];
    // Before that it is refused, and tries again.
    await vi.waitFor(async () => steps.joinOrThrow(await steps.open()), { timeout: 5_000 });
    await first.waitForText(SENT_AWAY);
    expect([second.count(SENT_AWAY), third.count(SENT_AWAY)]).toEqual([0, 0]);
  });

  it('do not affect other addresses', async ({ steps }) => {
    for (let count = 0; count < 3; count += 1) await steps.open();
    const elsewhere = await steps.open(newAddress());
    await steps.join(elsewhere);
    expect(elsewhere.count(SENT_AWAY)).toBe(0);
  });

  it('count again when they have left the namespace', async ({ steps }) => {
    const [first] = [await steps.open(), await steps.open(), await steps.open()];
    await steps.join(first);
    const replacement = await steps.open();
    first.send('41/chat,');
    await first.waitForText(SENT_AWAY);
    expect(replacement.count(SENT_AWAY)).toBe(0);
  });

  it('no longer count when they have a verified token', async ({ steps }) => {
    for (let count = 0; count < 5; count += 1) await steps.join(await steps.open());
    const [last] = [await steps.open(), await steps.open(), await steps.open()];
    await steps.join(last);
    expect(last.count(SENT_AWAY)).toBe(0);
  });
});

const closed = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()));

async function ask(socket: Socket): Promise<string> {
  socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const answer = new Promise<string>(
    (resolve) => void socket.once('data', (data) => resolve(data.toString())),
  );
  return Promise.race([answer, closed(socket).then(() => 'closed')]);
}

const SHARE = 30;

describe('TCP connections of one address', () => {
  let direct: TestServer;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    direct = await TestServer.start({}, undefined, { ...LIMITS, share: SHARE });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await direct.stop();
  });

  async function dial(): Promise<Socket> {
    const socket = connect(Number(new URL(direct.url).port), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise((resolve) => void socket.once('connect', resolve));
    return socket;
  }

  it('without a request are bounded, and those silent for too long are closed for new ones', async () => {
    const silent = [await dial(), await dial(), await dial()];
    await closed(await dial());
    const first = closed(silent[0] as Socket);
    await vi.waitFor(async () => expect(await ask(await dial())).toMatch(/^HTTP\/1\.1 200 /), {
      timeout: 5_000,
    });
    await first;
  });

  it('no longer count as silent when a request has arrived', async () => {
    const spoken: Socket[] = [];
    for (let count = 0; count < 10; count += 1) {
      await vi.waitFor(
        async () => {
          const socket = await dial();
          expect(await ask(socket)).toMatch(/^HTTP\/1\.1 200 /);
          spoken.push(socket);
        },
        { timeout: 5_000 },
      );
    }
    expect(spoken.filter(({ destroyed }) => destroyed)).toEqual([]);
  });

  it('are bounded in total, idle ones included, so that other addresses can connect', async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    const idle: Socket[] = [];
    const another = async () => {
      const socket = await dial();
      expect(await ask(socket)).toMatch(/^HTTP\/1\.1 200 /);
      idle.push(socket);
    };
    for (let count = 0; count < SHARE; count += 1) await vi.waitFor(another, { timeout: 5_000 });
    expect(await ask(await dial())).toBe('closed');
    idle[0]?.destroy();
    await vi.waitFor(another, { timeout: 5_000 });
  });
});
