import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { startNode } from '../auth/support.js';
import { refusal } from '../http/support.js';
import { joined } from '../nodes/two-nodes.js';

interface Ready {
  readonly epoch: string;
}

/** Of the five acknowledged messages only these are in the backup. */
const KEPT = 3;

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
let sockets: TestSocket[];

beforeAll(async () => {
  server = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: '100000' });
  ada = await server.signUp('Ada');
  bob = await server.signUp('Bob');
});
beforeEach(async () => {
  sockets = [];
  conversationId = await server.createConversation(ada, [bob]);
  for (const content of ['1', '2', '3', '4', '5']) await say(content);
});
afterEach(() => {
  for (const socket of sockets) socket.close();
});
afterAll(() => server.stop());

const say = async (content: string) =>
  (
    await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
      token: ada.token,
      body: { content },
    })
  ).body;
const changes = (query: string) =>
  server.call('GET', `/chat/conversations/${conversationId}/changes?${query}`, { token: ada.token });

/**
 * Restores a backup's rows into the database in use, like `pg_restore --clean`.
 * @param epochs the part of the epoch's table that is restored
 */
async function restore(epochs = 'update database_epochs set origin = origin;'): Promise<void> {
  await server.database.query(
    `begin;
     delete from messages where rev > ${KEPT} and conversation_id = '${conversationId}';
     update conversations set last_seq = ${KEPT}, rev = ${KEPT} where id = '${conversationId}';
     delete from read_marks where conversation_id = '${conversationId}';
     ${epochs}
     commit`,
  );
}

async function listening(options: Parameters<typeof TestSocket.connect>[2] = {}): Promise<TestSocket> {
  const socket = await TestSocket.connect(server.url, ada.token, {
    reconnection: true,
    reconnectionDelay: 10,
    ...options,
  });
  sockets.push(socket);
  await socket.emit('join_room', { conversationId });
  return socket;
}
const epochsOf = (readies: Ready[] | undefined) => readies?.map(({ epoch }) => epoch) ?? [];
const revsOf = (socket: TestSocket) => socket.all<{ rev: number }>('new_message').map(({ rev }) => rev);

describe('after a restore', () => {
  it.each(['websocket', 'polling'] as const)(
    'a stock client (%s) reconnects, gets another epoch, starts over and receives new messages',
    async (transport) => {
      const socket = await listening({ transports: [transport] });
      await say('6');
      await socket.waitFor('new_message', 1);
      const [before] = await socket.waitFor<Ready>('ready', 1);
      const gone = new Promise((resolve) => void socket.client.once('disconnect', resolve));
      await restore();
      expect(['transport close', 'transport error']).toContain(await gone);
      const [, after] = await socket.waitFor<Ready>('ready', 2);
      expect(after?.epoch).not.toBe(before?.epoch);

      // Its `rev` belongs to another epoch, whatever the present head is.
      for (const cursor of [`since=6&epoch=${before?.epoch}`, `since=2&epoch=${before?.epoch}`, 'since=6'])
        expect(refusal(await changes(cursor))).toBe('400 CURSOR_INVALID');
      const { data } = await socket.emit('join_room', { conversationId });
      expect(data).toEqual({ conversationId, lastSeq: KEPT, rev: KEPT, epoch: after?.epoch });
      const { body } = await changes('since=0');
      expect(body.data.map(({ content }: { content: string }) => content)).toEqual(['1', '2', '3']);
      expect(body.epoch).toBe(after?.epoch);

      // These messages get the numbers of the lost ones.
      await say('again 4');
      await say('again 5');
      await socket.waitFor('new_message', 3);
      expect(revsOf(socket)).toEqual([6, 4, 5]);
      const missed = await changes(`since=${KEPT}&epoch=${after?.epoch}`);
      expect(missed.body.data.map(({ rev }: { rev: number }) => rev)).toEqual([4, 5]);
    },
  );

  it('a stock client of every version comes back by itself', async () => {
    const clients = Object.values(STOCK_CLIENTS).map((io) =>
      io(`${server.url}/chat`, { auth: { token: ada.token }, forceNew: true, reconnectionDelay: 10 }),
    );
    const readies = () =>
      Promise.all(
        clients.map((client) => new Promise<Ready>((resolve) => void client.once('ready', resolve))),
      );
    const before = await readies();
    const again = readies();
    await restore();
    const after = await again;
    expect(after.map(({ epoch }) => epoch)).not.toContain(before[0]?.epoch);
    expect(new Set([...before, ...after].map(({ epoch }) => epoch)).size).toBe(2);
    for (const client of clients) client.disconnect();
  });

  it('join_all has the new epoch, and read positions count from the restored ones', async () => {
    const socket = await listening();
    await socket.emit('mark_read', { conversationId, seq: 5 });
    await restore();
    const [, ready] = await socket.waitFor<Ready>('ready', 2);
    const { data } = await socket.emit('join_all');
    expect(data).toMatchObject({ epoch: ready?.epoch });
    const other = await joined(server.url, bob, conversationId);
    sockets.push(other);
    await other.emit('mark_read', { conversationId, seq: 2 });
    await socket.waitFor('message_read', 1);
    expect(socket.all('message_read').at(-1)).toMatchObject({ userId: bob.id, lastReadSeq: 2 });
  });

  it('a member whom the restore has removed receives nothing more, and cannot join', async () => {
    const eve = await server.signUp('Eve');
    await server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token: ada.token,
      body: { userId: eve.id },
    });
    const socket = await TestSocket.connect(server.url, eve.token, {
      reconnection: true,
      reconnectionDelay: 10,
    });
    sockets.push(socket);
    await socket.emit('join_room', { conversationId });
    await server.database.query('delete from conversation_members where user_id = $1', [eve.id]);
    await restore();
    await socket.waitFor<Ready>('ready', 2);
    expect((await socket.emit('join_room', { conversationId })).error?.code).toBe('NOT_CONVERSATION_MEMBER');
    const sent = await socket.emit('send_message', { conversationId, content: 'I was here.' });
    expect(sent.error?.code).toBe('NOT_CONVERSATION_MEMBER');
  });
});

it('a restore of single tables is detected by the first number that is given out again', async () => {
  const socket = await listening();
  const [before] = await socket.waitFor<Ready>('ready', 1);
  await say('6');
  await socket.waitFor('new_message', 1);
  await restore('');
  await say('again 4');
  const [, after] = await socket.waitFor<Ready>('ready', 2);
  expect(after?.epoch).not.toBe(before?.epoch);
  await socket.emit('join_room', { conversationId });
  await say('again 5');
  await socket.waitFor('new_message', 2);
  expect(revsOf(socket)).toEqual([6, 5]);
});

it('two nodes have the same epoch, before and after', async () => {
  const node = await startNode(server);
  const epochs = [server.url, node.url].map(async (url) => {
    const socket = await TestSocket.connect(url, ada.token, { reconnection: true, reconnectionDelay: 10 });
    sockets.push(socket);
    return socket;
  });
  const both = await Promise.all(epochs);
  await restore();
  const [one, two] = await Promise.all(both.map((socket) => socket.waitFor<Ready>('ready', 2)));
  expect(epochsOf(one)).toEqual(epochsOf(two));
  expect(new Set(epochsOf(one)).size).toBe(2);
  await node.app.close();
});
