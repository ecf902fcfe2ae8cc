import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { MovedPositionsReader } from '../adapters/moved-positions.reader.js';
import { READS_MAX, READS_SLACK } from '../../domain/models/moved-positions.model.js';

const MARKS = 20_000;
const FILL = `
insert into read_marks (conversation_id, user_id, seq, rev)
select conversation_id, user_id, 1, row_number() over (order by joined_at, user_id)
from conversation_members where conversation_id = $1`;
/** Index entries, and rows that were read without an index, so far. */
const WORK = `
select (select sum(idx_tup_read) from pg_stat_user_indexes)::int
  + (select sum(seq_tup_read) from pg_stat_user_tables)::int as work`;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let positions: MovedPositionsReader;
let owner: string;
let id: string;

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  positions = new MovedPositionsReader(database);
  owner = await signUp(subject);
  id = await converse(subject, owner);
  // From the sixth execution on PostgreSQL may keep a plan that does not depend on the parameters.
  for (let time = 1; time <= 10; time += 1) await positions.findMoved(id, owner, 0);
  await subject.fill(id, MARKS);
  await subject.postgres.query(FILL, [id]);
  // As autovacuum does within a minute.
  await subject.postgres.query('analyze');
  await handIn();
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

/** Without this the connection reports its figures a second later. */
const handIn = () => database.transaction((client) => client.query('select pg_stat_force_next_flush()'));
const readWork = async () => (await subject.postgres.query<{ work: number }>(WORK))[0]?.work ?? 0;

/** The second reading is measured: during the first one other connections may still report what they did before. */
async function workOf<T>(read: () => Promise<T>) {
  await read();
  await handIn();
  const before = await readWork();
  const found = await read();
  await handIn();
  return { found, work: (await readWork()) - before };
}

it('of 20,000 positions the last 500 are read, and little more', async () => {
  const { found, work } = await workOf(() => positions.findMoved(id, owner, 0));
  expect(found.readsTruncated).toBe(true);
  expect(found.reads).toHaveLength(READS_MAX);
  expect(work).toBeLessThanOrEqual(READS_MAX * 3);
});

it('of 20,000 positions those that have moved since are read, and little more', async () => {
  const { found, work } = await workOf(() => positions.findMoved(id, owner, MARKS - 10));
  expect(found.readsTruncated).toBe(false);
  expect(found.reads).toHaveLength(READS_SLACK + 11);
  expect(work).toBeLessThanOrEqual((READS_SLACK + 11) * 3);
});

it('of members who do not show how far they have read no more is read', async () => {
  await subject.postgres.query('update users set read_receipts = false where id <> $1', [owner]);
  await subject.postgres.query('analyze');
  const { found, work } = await workOf(() => positions.findMoved(id, owner, 0));
  expect(found.readsTruncated).toBe(true);
  expect(found.reads).toHaveLength(0);
  expect(work).toBeLessThanOrEqual(READS_MAX * 3);
});
