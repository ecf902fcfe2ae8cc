import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';

let subject: RealChatSubject;
let owner: string;
let reader: string;
let conversationId: string;

beforeAll(async () => {
  subject = await realChatSubject();
  owner = await signUp(subject);
  reader = await signUp(subject);
});
beforeEach(async () => {
  conversationId = await converse(subject, owner, reader);
  await say(subject, conversationId, owner, 9);
});
afterAll(() => subject.close());

const mark = async (seq: number) => {
  const marked = await subject.memberships.markRead(conversationId, reader, seq);
  return (
    marked && { lastReadSeq: marked.lastReadSeq, unreadCount: marked.me.unreadCount, moved: marked.moved }
  );
};
const query = (text: string) => subject.postgres.query(text, [conversationId, reader]);
/** The transaction that has written the last mark, and the one that has locked the member's row. */
const writerOfRow = () =>
  query(
    `select r.seq, r.xmin::text, m.xmax::text from conversation_members m left join read_marks r using (conversation_id, user_id)
     where conversation_id = $1 and user_id = $2`,
  );

/** Runs `work` while another transaction has executed `statement` and not committed it; then rolls that back. */
async function during<T>(statement: string, values: string[], work: () => Promise<T>): Promise<T> {
  const other = new Client(subject.postgres.connection);
  await other.connect();
  try {
    await other.query('begin');
    await other.query(statement, values);
    const result = await work();
    await other.query('commit');
    return result;
  } finally {
    await other.end();
  }
}

it('writes nothing when the position does not move', async () => {
  await mark(5);
  const before = await writerOfRow();
  await mark(5);
  await mark(1);
  expect(await writerOfRow()).toEqual(before);
  await mark(6);
  expect(await writerOfRow()).not.toEqual(before);
});

it('keeps only the last mark, which is removed with the membership', async () => {
  await Promise.all([2, 7, 3, 5].map(mark));
  await mark(8);
  expect(await query('select seq::int from read_marks where conversation_id = $1 and user_id = $2')).toEqual([
    { seq: 8 },
  ]);
  await subject.removeMember(conversationId, reader);
  expect(await query('select from read_marks where conversation_id = $1 and user_id = $2')).toEqual([]);
});

it('does not wait for writes to the conversation', async () => {
  const lock = 'select from conversations where id = $1 for update';
  const marked = await during(lock, [conversationId], () => mark(4));
  expect(marked).toEqual({ lastReadSeq: 4, unreadCount: 5, moved: true });
});

it.each([
  [8, { lastReadSeq: 8, unreadCount: 1, moved: false }],
  [3, { lastReadSeq: 6, unreadCount: 3, moved: true }],
])('one that waits for a move to %i answers a position that is right', async (elsewhere, answer) => {
  const move = `update conversation_members set last_read_seq = ${elsewhere} where conversation_id = $1 and user_id = $2`;
  let marked: ReturnType<typeof mark> | undefined;
  await during(move, [conversationId, reader], async () => {
    marked = mark(6);
    await vi.waitFor(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(await subject.postgres.query(waiting)).toHaveLength(1);
    });
  });
  expect(await marked).toEqual(answer);
  const [row] = await query(
    'select last_read_seq::int as seq from member_positions where conversation_id = $1 and user_id = $2',
  );
  expect(row?.['seq']).toBe(Math.max(elsewhere, 6));
});

it.each(['mark_read', 'mark_read_2', 'mark_read_3'])(
  'a mark has the rev of the conversation, by whatever version of a node: %s',
  async (name) => {
    await subject.raiseRev(conversationId, 9);
    await query(`select from ${name}($1, $2, 4)`);
    const marks = 'select seq::int, rev::int from read_marks where conversation_id = $1 and user_id = $2';
    expect(await query(marks)).toEqual([{ seq: 4, rev: 10 }]);
  },
);
