import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { chatNamespace } from '../ws/server-side.js';
import { SilentPeer } from '../ws/silent-peer.js';
import { newAddress } from './callers.js';

const LIMITS = { perAddress: 3, silence: 500 };

let server: TestServer;
let user: TestUser;
let from: string;
const peers: SilentPeer[] = [];

beforeAll(async () => {
  server = await TestServer.start({ TRUST_PROXY: '1' }, undefined, LIMITS);
  user = await server.signUp();
});
beforeEach(() => {
  from = newAddress();
});
afterAll(async () => {
  for (const peer of peers) peer.destroy();
  await server.stop();
});

async function open(address = from): Promise<SilentPeer> {
  const peer = await SilentPeer.open(server.url, address);
  peers.push(peer);
  return peer;
}

const SENT_AWAY = 'RATE_LIMITED';

async function join(peer: SilentPeer): Promise<void> {
  peer.send(`40/chat,${JSON.stringify({ token: user.token })}`);
  await peer.heard('["ready"');
}

async function joinOrThrow(peer: SilentPeer): Promise<void> {
  const refused = peer.heard(SENT_AWAY).then(() => Promise.reject(new Error('sent away')));
  await Promise.race([join(peer), refused]);
}

describe('connections of one address that speak for nobody', () => {
  it('are so many; the next is told to try again later', async () => {
    const [first] = [await open(), await open(), await open()];
    const next = await open();
    await next.heard(SENT_AWAY);
    expect(first.count(SENT_AWAY)).toBe(0);
  });

  it('and is gone a moment later when it polls, and never comes for its end', async () => {
    for (let count = 0; count < 3; count += 1) await open();
    const { clients } = chatNamespace(server).server.engine as unknown as { clients: object };
    const headers = { 'x-forwarded-for': from };
    const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers });
    const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
    await vi.waitFor(() => expect(Object.keys(clients)).not.toContain(sid), { timeout: 10_000 });
  });

  it('make room when they have been silent for too long, the longest first', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    // Before that it is sent away, and tries again.
    await vi.waitFor(async () => joinOrThrow(await open()), { timeout: 5_000 });
    await first.heard(SENT_AWAY);
    expect([second.count(SENT_AWAY), third.count(SENT_AWAY)]).toEqual([0, 0]);
  });

  it('lock nobody out elsewhere', async () => {
    for (let count = 0; count < 3; count += 1) await open();
    const elsewhere = await open(newAddress());
    await join(elsewhere);
    expect(elsewhere.count(SENT_AWAY)).toBe(0);
  });

  it('count again when they have left the namespace', async () => {
    const [first] = [await open(), await open(), await open()];
    await join(first);
    const replacement = await open();
    first.send('41/chat,');
    await first.heard(SENT_AWAY);
    expect(replacement.count(SENT_AWAY)).toBe(0);
  });

  it('do not count any more when they speak for somebody', async () => {
    for (let count = 0; count < 5; count += 1) await join(await open());
    const [last] = [await open(), await open(), await open()];
    await join(last);
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

  it('on which no request has come are so many, and those silent for too long make room for who has something to say', async () => {
    const silent = [await dial(), await dial(), await dial()];
    await closed(await dial());
    const first = closed(silent[0] as Socket);
    await vi.waitFor(async () => expect(await ask(await dial())).toMatch(/^HTTP\/1\.1 200 /), {
      timeout: 5_000,
    });
    await first;
  });

  it('do not count as silent any more when a request has come', async () => {
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

  it('are so many in all, idle ones included: who keeps them leaves room for others', async () => {
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
