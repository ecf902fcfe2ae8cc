import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UserSockets } from '../../../src/arch/common/interface/ws/session/user-sockets.js';
import { BlackHole } from '../../support/black-hole.js';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { SilentPeer } from '../ws/silent-peer.js';

/** Milliseconds that a CONNECT waits, instead of ten seconds. */
const PATIENCE = 1_500;

describe('the sockets of one user', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({}, undefined, { outside: PATIENCE });
  });
  afterAll(() => server.stop());

  const connect = (user: TestUser, transports = ['websocket']) =>
    TestSocket.connect(server.url, user.token, { transports: transports as 'websocket'[] });

  async function twenty(user: TestUser): Promise<readonly [TestSocket, ...TestSocket[]]> {
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => connect(user)));
    if (!first) throw new Error('no socket');
    return [first, ...others];
  }

  /** A stock client that comes back by itself whatever happens, and what happens to it. */
  function stock(version: string, { token }: TestUser, transport: string, url = server.url) {
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

  const VERSIONS = Object.keys(STOCK_CLIENTS);

  it.concurrent.each(VERSIONS.flatMap((version) => [`${version} websocket`, `${version} polling`]))(
    'are 20: a real 21st waits in vain, is never told that it is final, and comes back by itself (%s)',
    async (kind) => {
      const [version = '', by = ''] = kind.split(' ');
      const [user, other] = [await server.signUp(), await server.signUp()];
      const [first, ...others] = await twenty(user);
      const surplus = stock(version, user, by);
      const closed = new Promise((resolve) => void surplus.client.io.once('close', resolve));
      const stranger = await connect(other, [by]);
      await closed;
      expect([surplus.seen, surplus.client.active]).toEqual([{ ready: 0, refusals: [] }, true]);
      first.close();
      await surplus.ready(1);
      for (const socket of [surplus.client, stranger, ...others]) socket.close();
    },
  );

  it('say by the close code and its reason why one was sent away', async () => {
    const user = await server.signUp();
    const sockets = await twenty(user);
    const { client } = stock('4.8', user, 'websocket');
    const why = await new Promise(
      (resolve) =>
        void client.io.once('close', (_: string, details) =>
          resolve(details && 'context' in details ? details.context : undefined),
        ),
    );
    expect(why).toMatchObject({ code: 1_013, reason: 'RATE_LIMITED' });
    for (const socket of [client, ...sockets]) socket.close();
  });

  it.each([
    ['disconnects', (socket: TestSocket) => socket.close()],
    ['loses its connection', (socket: TestSocket) => socket.client.io.engine.close()],
  ])('make room when one %s, for the one that waits', async (_, end) => {
    const user = await server.signUp();
    const [first, ...others] = await twenty(user);
    const next = stock('4.8', user, 'websocket');
    await expect.poll(() => next.client.io.engine.readyState).toBe('open');
    end(first);
    await next.ready(1);
    for (const socket of [next.client, ...others]) socket.close();
  });

  it('that leave the namespace keep their places while their connections last', async () => {
    const user = await server.signUp();
    const [first, ...others] = await twenty(user);
    others.pop()?.close();
    const peer = await SilentPeer.open(server.url);
    peer.send(`40/chat,${JSON.stringify({ token: user.token })}`);
    await peer.heard('["ready"');
    peer.send('41/chat,');
    await server.call('GET', '/health');
    const next = stock('4.8', user, 'websocket');
    await expect.poll(() => next.client.io.engine.readyState).toBe('open');
    expect(next.seen.ready).toBe(0);
    peer.destroy();
    await next.ready(1);
    for (const socket of [next.client, first, ...others]) socket.close();
  });

  it('that wait beyond a hundred are sent away at once', async () => {
    const user = await server.signUp();
    const sockets = await twenty(user);
    const connectPacket = `40/chat,${JSON.stringify({ token: user.token })}`;
    const waiting: SilentPeer[] = [];
    // No more at once than may be silent.
    for (let group = 0; group < 4; group += 1) {
      const peers = await Promise.all(Array.from({ length: 25 }, () => SilentPeer.open(server.url)));
      for (const peer of peers) peer.send(connectPacket);
      await server.call('GET', '/health');
      waiting.push(...peers);
    }
    const surplus = await SilentPeer.open(server.url);
    surplus.send(connectPacket);
    await surplus.heard('RATE_LIMITED');
    expect(waiting.map((peer) => peer.count('RATE_LIMITED'))).toEqual(waiting.map(() => 0));
    for (const peer of [surplus, ...waiting]) peer.destroy();
    for (const socket of sockets) socket.close();
  });

  it('leave nothing behind', async () => {
    const user = await server.signUp();
    const counted = server.app.get(UserSockets);
    for (let round = 0; round < 3; round += 1) {
      for (const socket of await twenty(user)) socket.client.io.engine.close();
      await vi.waitFor(async () => (await connect(user)).close(), { timeout: 5_000 });
    }
    await expect(TestSocket.connect(server.url, 'bad token')).rejects.toThrow('Unauthorized');
    await vi.waitFor(() => expect(counted.size).toBe(0), { timeout: 10_000 });
  });
});

describe('twenty tabs that lose their network, of which the server hears nothing', () => {
  it.concurrent.each(['websocket', 'polling'])('are all back at once, over %s', async (transport) => {
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
    expect(tabs.map((tab) => tab?.connected)).toEqual(tabs.map(() => true));
    for (const tab of tabs) tab?.disconnect();
    await hole.close();
    await server.stop();
  });
});

describe('the rooms of one socket', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('are 1,000; one must be left before the next is joined', async () => {
    const user = await server.signUp();
    const rows = await server.database.query<{ id: string }>(
      `with created as (
         insert into conversations (created_by, member_count) select $1, 1 from generate_series(1, 1001) returning id
       ), joined as (
         insert into conversation_members (conversation_id, user_id, role) select id, $1, 'owner' from created
       ) select id from created`,
      [user.id],
    );
    const ids = rows.map(({ id }) => id);
    const [first, last] = [ids[0] ?? '', ids[1_000] ?? ''];
    const socket = await TestSocket.connect(server.url, user.token);
    const join = (conversationId: string) => socket.emit('join_room', { conversationId });
    for (const id of ids.slice(0, 1_000)) expect((await join(id)).ok).toBe(true);
    expect((await join(last)).error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429 });
    expect((await join(first)).ok).toBe(true);
    const other = await TestSocket.connect(server.url, user.token);
    expect((await other.emit('join_room', { conversationId: last })).ok).toBe(true);
    await socket.emit('leave_room', { conversationId: first });
    expect((await join(last)).ok).toBe(true);
    for (const each of [socket, other]) each.close();
  });
});
