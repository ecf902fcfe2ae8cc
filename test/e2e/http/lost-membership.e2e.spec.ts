import { Client } from 'pg';
import { expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest } from '../../support/api-test.js';
import { insertUsers, refusal } from './support.js';
import { rounds } from '../../support/rounds.js';

/**
 * The membership that the handler has checked may have ended when the message is written: the write checks it again.
 */
const it = apiTest
  .extend('id', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, id, member }) => {
    /** Starts the call while another transaction locks the conversation, and releases the lock after `change`. */
    async function overtaken(
      call: () => Promise<ApiAnswer>,
      change: string,
      values: string[],
    ): Promise<ApiAnswer> {
      const other = new Client(server.database.connection);
      await other.connect();
      try {
        await other.query('begin');
        await other.query('select from conversations where id = $1 for update', [id]);
        const answer = call();
        for (const _ of rounds(MOST_LOOKS)) {
          // Within a transaction PostgreSQL keeps showing the connections of the first reading.
          await other.query('select pg_stat_clear_snapshot()');
          const { rows } = await other.query<{ waiting: number }>(
            `select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`,
          );
          if (rows[0]?.waiting) break;
        }
        await other.query(change, values);
        await other.query('commit');
        return await answer;
      } finally {
        await other.end();
      }
    }
    const send = () =>
      server.call('POST', `/chat/conversations/${id}/messages`, {
        token: member.token,
        body: { content: 'too late' },
      });

    return { overtaken, send };
  });

/** Polls for a waiting call; each takes the database a large part of a millisecond. */
const MOST_LOOKS = 20_000;

it('a member removed in the same instant cannot write', async ({ steps, server, id, member }) => {
  const removal = 'delete from conversation_members where conversation_id = $1 and user_id = $2';
  expect(refusal(await steps.overtaken(steps.send, removal, [id, member.id]))).toBe(
    '403 NOT_CONVERSATION_MEMBER',
  );
  expect(await server.database.query('select id from messages where conversation_id = $1', [id])).toEqual([]);
});

it('a conversation removed in the same instant takes no message', async ({ steps, id }) => {
  const removal = 'delete from conversations where id = $1';
  expect(refusal(await steps.overtaken(steps.send, removal, [id]))).toBe('404 CONVERSATION_NOT_FOUND');
});

it.for([
  [
    'removed',
    'delete from conversation_members where conversation_id = $1 and user_id = $2',
    'NOT_CONVERSATION_MEMBER',
  ],
  [
    'demoted',
    `update conversation_members set role = 'member' where conversation_id = $1 and user_id = $2`,
    'CANNOT_ADD_MEMBER',
  ],
] as const)(
  'an owner %s in the same instant cannot add',
  async ([_label, change, code], { steps, server, id, owner }) => {
    const [newcomer = ''] = await insertUsers(server, 1);
    const add = () =>
      server.call('POST', `/chat/conversations/${id}/members`, {
        token: owner.token,
        body: { userId: newcomer },
      });
    expect(refusal(await steps.overtaken(add, change, [id, owner.id]))).toBe(`403 ${code}`);
    const added = await server.database.query('select from conversation_members where user_id = $1', [
      newcomer,
    ]);
    expect(added).toEqual([]);
  },
);
