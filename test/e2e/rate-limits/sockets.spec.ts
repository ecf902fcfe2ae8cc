import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UserSockets } from '../../../src/arch/common/interface/ws/user-sockets.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

const OPTIONS = { forceNew: true, reconnection: false };
const REFUSAL = {
  message: 'Too many connections',
  data: { code: 'RATE_LIMITED', message: 'Too many connections' },
};

describe('the sockets of one user', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const connect = (user: TestUser, transports = ['websocket']) =>
    TestSocket.connect(server.url, user.token, { transports: transports as 'websocket'[] });

  async function twenty(user: TestUser): Promise<readonly [TestSocket, ...TestSocket[]]> {
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => connect(user)));
    if (!first) throw new Error('no socket');
    return [first, ...others];
  }

  it.each(['websocket', 'polling'])(
    'are 20; the next is refused over %s, and its connection closed',
    async (by) => {
      const [user, other] = [await server.signUp(), await server.signUp()];
      const sockets = await twenty(user);
      await expect(connect(user, [by])).rejects.toMatchObject(REFUSAL);
      const refused = io(`${server.url}/chat`, { ...OPTIONS, auth: { token: user.token }, transports: [by] });
      await new Promise((resolve) => refused.io.once('close', resolve));
      const stranger = await connect(other, [by]);
      expect((await sockets[0].emit('leave_room', {})).error?.code).toBe('VALIDATION_FAILED');
      for (const socket of [stranger, ...sockets]) socket.close();
    },
  );

  it.each([
    ['disconnects', (socket: TestSocket) => socket.close()],
    ['loses its connection', (socket: TestSocket) => socket.client.io.engine.close()],
  ])('make room when one %s', async (_, end) => {
    const user = await server.signUp();
    const [first, ...others] = await twenty(user);
    await expect(connect(user)).rejects.toMatchObject(REFUSAL);
    end(first);
    const next = await vi.waitFor(() => connect(user), { timeout: 5_000 });
    await expect(connect(user)).rejects.toMatchObject(REFUSAL);
    for (const socket of [next, ...others]) socket.close();
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
