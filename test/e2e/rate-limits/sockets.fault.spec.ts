import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UserSockets } from '../../../src/arch/common/interface/ws/session/user-sockets.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { SilentPeer } from '../ws/silent-peer.js';
import {
  closeOfSurplus,
  connect,
  connectTwenty,
  reconnectTwentyTabs,
  startImpatientServer,
  stockClient,
} from './twenty-sockets.js';

describe('the sockets of one user', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startImpatientServer();
  });
  afterAll(() => server.stop());

  it.concurrent.each(['websocket', 'polling'])(
    'are 20: a 21st gets no place, no permanent refusal, and reconnects by itself (4.8 %s)',
    async (transport) => {
      const seen = await closeOfSurplus(server, '4.8', transport);
      expect(seen).toEqual({ ready: 0, refusals: [], isActive: true });
    },
  );

  it('are refused with a close code and a reason', async () => {
    const user = await server.signUp();
    const sockets = await connectTwenty(server, user);
    const { client } = stockClient('4.8', user, 'websocket', server.url);
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
    const [first, ...others] = await connectTwenty(server, user);
    const next = stockClient('4.8', user, 'websocket', server.url);
    await expect.poll(() => next.client.io.engine.readyState).toBe('open');
    end(first);
    await next.ready(1);
    for (const socket of [next.client, ...others]) socket.close();
  });

  it('that leave the namespace keep their places while their connections last', async () => {
    const user = await server.signUp();
    const [first, ...others] = await connectTwenty(server, user);
    others.pop()?.close();
    const peer = await SilentPeer.open(server.url);
    peer.send(`40/chat,${JSON.stringify({ token: user.token })}`);
    await peer.waitForText('["ready"');
    peer.send('41/chat,');
    await server.call('GET', '/health');
    const next = stockClient('4.8', user, 'websocket', server.url);
    await expect.poll(() => next.client.io.engine.readyState).toBe('open');
    expect(next.seen.ready).toBe(0);
    peer.destroy();
    await next.ready(1);
    for (const socket of [next.client, first, ...others]) socket.close();
  });

  it('that wait beyond a hundred are sent away at once', async () => {
    const user = await server.signUp();
    const sockets = await connectTwenty(server, user);
    const connectPacket = `40/chat,${JSON.stringify({ token: user.token })}`;
    const waiting: SilentPeer[] = [];
    // Not more at once than may be silent.
    for (let group = 0; group < 4; group += 1) {
      const peers = await Promise.all(Array.from({ length: 25 }, () => SilentPeer.open(server.url)));
      for (const peer of peers) peer.send(connectPacket);
      await server.call('GET', '/health');
      waiting.push(...peers);
    }
    const surplus = await SilentPeer.open(server.url);
    surplus.send(connectPacket);
    await surplus.waitForText('RATE_LIMITED');
    expect(waiting.map((peer) => peer.count('RATE_LIMITED'))).toEqual(waiting.map(() => 0));
    for (const peer of [surplus, ...waiting]) peer.destroy();
    for (const socket of sockets) socket.close();
  });

  it('leave nothing behind', async () => {
    const user = await server.signUp();
    const counted = server.app.get(UserSockets);
    for (let round = 0; round < 3; round += 1) {
      for (const socket of await connectTwenty(server, user)) socket.client.io.engine.close();
      await vi.waitFor(async () => (await connect(server, user)).close(), { timeout: 5_000 });
    }
    await expect(TestSocket.connect(server.url, 'bad token')).rejects.toThrow('Unauthorized');
    await vi.waitFor(() => expect(counted.size).toBe(0), { timeout: 10_000 });
  });
});

it('twenty tabs that lose their network without notice to the server reconnect at once, over websocket', async () => {
  expect(await reconnectTwentyTabs('websocket')).toEqual(Array(20).fill(true));
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
         insert into conversations (created_by, member_count, updated_at)
         select $1, 1, timestamptz '2026-01-01' - n * interval '1 minute' from generate_series(1, 1001) n
         returning id, updated_at
       ), joined as (
         insert into conversation_members (conversation_id, user_id, role) select id, $1, 'owner' from created
       ) select id from created order by updated_at desc`,
      [user.id],
    );
    const ids = rows.map(({ id }) => id);
    const [first, last] = [ids[0] ?? '', ids[1_000] ?? ''];
    const socket = await TestSocket.connect(server.url, user.token);
    const join = (conversationId: string) => socket.emit('join_room', { conversationId });
    // It joins the 1,000 most recently active conversations.
    expect((await socket.emit('join_all')).data).toMatchObject({ truncated: true });
    expect((await join(last)).error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429 });
    expect((await join(first)).ok).toBe(true);
    const other = await TestSocket.connect(server.url, user.token);
    expect((await other.emit('join_room', { conversationId: last })).ok).toBe(true);
    await socket.emit('leave_room', { conversationId: first });
    expect((await join(last)).ok).toBe(true);
    for (const each of [socket, other]) each.close();
  });
});
