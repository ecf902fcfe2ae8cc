import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('socket', PER_FILE, ({ server, owner }) => TestSocket.connect(server.url, owner.token))
  .extend('steps', PER_FILE, ({ server }) => {
    async function withoutTable(table: string, work: () => Promise<void>): Promise<void> {
      await server.database.query(`alter table ${table} rename to ${table}_away`);
      try {
        await work();
      } finally {
        await server.database.query(`alter table ${table}_away rename to ${table}`);
      }
    }

    return { withoutTable };
  });

test.afterEach(async ({ socket }) => {
  await socket.settle();
});

test.for([
  ['send_message', 'messages', { content: 'secret words', clientMessageId: 'known' }],
  ['send_message', 'conversations', { content: 'secret words', clientMessageId: 'known' }],
  ['join_room', 'conversation_members', {}],
] as const)(
  '%s without the table %s: INTERNAL and nothing of the cause',
  async ([event, table, rest], { steps, socket, conversationId }) => {
    const before = socket.all('error').length;
    const error = { code: 'INTERNAL', message: 'Something went wrong on our side.', statusCode: 500 };
    await steps.withoutTable(table, async () => {
      const ack = await socket.emit(event, { conversationId, ...rest });
      expect(ack).toEqual({ ok: false, error });
    });
    const known = event === 'send_message' ? { clientMessageId: 'known' } : {};
    expect(socket.all('error').slice(before)).toEqual([{ ...error, event, ...known }]);
  },
);

test('afterwards the same socket joins, sends and receives', async ({ socket, conversationId }) => {
  expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  const { data } = await socket.emit('send_message', { conversationId, content: 'again' });
  expect(data.message).toMatchObject({ seq: 1, rev: 1 });
  expect(await socket.waitFor('new_message', 1)).toEqual([data.message]);
});
