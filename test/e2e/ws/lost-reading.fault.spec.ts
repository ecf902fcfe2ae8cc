import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { proxiedTest } from '../../support/proxied-test.js';
import { PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { sendMessages } from '../http/support.js';

const it = proxiedTest.extend('steps', PER_FILE, ({ server }) => {
  /** The user's read position, when no event is pending. */
  async function lastReadSeq(conversationId: string, { token }: TestUser): Promise<number> {
    const { interrupted } = server.app.get<unknown, { interrupted: { checking: boolean } }>(Database);
    await vi.waitFor(() => expect(interrupted.checking).toBe(false), { interval: 5, timeout: 10_000 });
    const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, { token });
    return body.me.lastReadSeq;
  }

  return { lastReadSeq };
});

const WAITS_FOR = 'select pid from pg_stat_activity where $1 = any (pg_blocking_pids(pid))';

it('a read position whose answer was lost: UNAVAILABLE with an unknown outcome, then the room receives it, also without a repeat', async ({
  server,
  connect,
  proxy,
}) => {
  const [owner, reader] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const conversationId = await server.createConversation(owner, [reader]);
  await sendMessages(server, owner, conversationId, 3);
  const [listener, asking] = await Promise.all([connect(owner), connect(reader)]);
  await listener.emit('join_room', { conversationId });

  const cut = proxy.cutAt('mark_read_3', 'after');
  const { error } = await asking.emit('mark_read', { conversationId, seq: 2 });
  await cut;
  expect(error).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  proxy.reopen();
  await listener.waitFor('message_read', 1);
  await listener.settle();
  expect(listener.all('message_read')).toEqual([{ conversationId, userId: reader.id, lastReadSeq: 2 }]);
  for (const socket of [listener, asking]) socket.close();
});

it('is not made again in another epoch of the database, where the same number is of another message', async ({
  steps,
  server,
  connect,
  proxy,
}) => {
  const [owner, reader] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const conversationId = await server.createConversation(owner, [reader]);
  await sendMessages(server, owner, conversationId, 3);
  const asking = await connect(reader);
  const cut = proxy.cutAt('mark_read_3', 'after');
  await asking.emit('mark_read', { conversationId, seq: 2 });
  await cut;
  await server.database.query('delete from read_marks where conversation_id = $1', [conversationId]);
  await server.database.query('select database_epoch((select epoch from database_epochs))');
  proxy.reopen();
  expect(await steps.lastReadSeq(conversationId, reader)).toBe(0);
});

it('nor when the other epoch itself is why the answer was lost', async ({ steps, server, connect }) => {
  const [owner, reader] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const conversationId = await server.createConversation(owner, [reader]);
  await sendMessages(server, owner, conversationId, 3);
  const asking = await connect(reader);
  const other = new Client(server.database.connection);
  await other.connect();
  await other.query('begin');
  await other.query('select from conversation_members where user_id = $1 for update', [reader.id]);
  const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
  const answer = asking.emit('mark_read', { conversationId, seq: 2 });
  const waiting = await vi.waitUntil(
    async () => (await server.database.query(WAITS_FOR, [rows[0]?.pid]))[0],
    { interval: 5, timeout: 2_000 },
  );

  await server.database.query('select database_epoch((select epoch from database_epochs))');
  await server.app.get(Database).readEpoch();
  expect((await answer).error).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  await server.database.query('select pg_terminate_backend($1)', [waiting['pid']]);
  await other.end();
  expect(await steps.lastReadSeq(conversationId, reader)).toBe(0);
});
