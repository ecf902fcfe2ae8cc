import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let owner: TestUser;
let conversationId: string;
let socket: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
  conversationId = await server.createConversation(owner);
  socket = await TestSocket.connect(server.url, owner.token);
});
afterEach(() => socket.settle());
afterAll(() => server.stop());

async function withoutTable(table: string, work: () => Promise<void>): Promise<void> {
  await server.database.query(`alter table ${table} rename to ${table}_away`);
  try {
    await work();
  } finally {
    await server.database.query(`alter table ${table}_away rename to ${table}`);
  }
}

test.each([
  ['send_message', 'messages', { content: 'secret words', clientMessageId: 'known' }],
  ['send_message', 'conversations', { content: 'secret words', clientMessageId: 'known' }],
  ['join_room', 'conversation_members', {}],
])('%s without the table %s: INTERNAL and nothing of the cause', async (event, table, rest) => {
  const before = socket.all('error').length;
  const error = { code: 'INTERNAL', message: 'Something went wrong on our side.', statusCode: 500 };
  await withoutTable(table, async () => {
    const ack = await socket.emit(event, { conversationId, ...rest });
    expect(ack).toEqual({ ok: false, error });
  });
  const known = event === 'send_message' ? { clientMessageId: 'known' } : {};
  expect(socket.all('error').slice(before)).toEqual([{ ...error, event, ...known }]);
});

test('afterwards the same socket joins, sends and hears', async () => {
  expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  const { data } = await socket.emit('send_message', { conversationId, content: 'again' });
  expect(data.message).toMatchObject({ seq: 1, rev: 1 });
  expect(await socket.waitFor('new_message', 1)).toEqual([data.message]);
});
