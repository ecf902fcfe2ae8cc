import { Client, type ClientBase } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { countStatements } from '../../../../../../test/support/count-statements.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';

const LATELY = Date.UTC(2026, 0) * 1_000;
const LONG_AGO = Date.UTC(2025, 0) * 1_000;
const MINUTE = 60_000_000;
/** $2: whether only archived conversations are listed, or only others; null for all. */
const FIRST_PAGE = `
select id from list_conversations_2($1, 21, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, $2, null)`;

/** Counted since the connection was opened. PostgreSQL reports the connection's own figures immediately. */
const WORK = `
select (select sum(pg_stat_get_xact_numscans(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)::int as scans,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'conversations'::regclass)::int as conversations,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'conversation_members'::regclass)::int as members,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'messages'::regclass)::int as messages`;

type Work = Record<'scans' | 'conversations' | 'members' | 'messages', number>;

let subject: RealChatSubject;
let client: Client;
let owner: string;
const users = new Map<string, string>();

/** A new user with this number of conversations, one a minute. */
async function userWith(count: number, from: number): Promise<string> {
  const user = await signUp(subject);
  await createMany(subject.postgres, { owner, members: [user], count, from, step: MINUTE });
  return user;
}

/** Sequential scans and index entries that the connection reads for `work`, within a transaction. */
async function measure(on: ClientBase, work: () => Promise<unknown>): Promise<Work> {
  const read = async () => (await on.query<Work>(WORK)).rows[0] as Work;
  const before = await read();
  await work();
  const after = await read();
  return {
    scans: after.scans - before.scans,
    conversations: after.conversations - before.conversations,
    members: after.members - before.members,
    messages: after.messages - before.messages,
  };
}

async function workFor(user: string, archived: boolean | null = null): Promise<Work> {
  await client.query('begin');
  const work = await measure(client, () =>
    client.query({ name: 'list', text: FIRST_PAGE, values: [user, archived] }),
  );
  await client.query('commit');
  return work;
}

beforeAll(async () => {
  subject = await realChatSubject();
  owner = await signUp(subject);
  client = new Client(subject.postgres.connection);
  await client.connect();
  // Plans made while the tables are empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) await workFor(owner);
  for (const count of [0, 1, 10, 500, 501, 5_000]) users.set(String(count), await userWith(count, LATELY));
  users.set('5000 dormant', await userWith(5_000, LONG_AGO));
});
afterAll(async () => {
  await client.end();
  await subject.close();
});

const userOf = (name: string) => String(users.get(name));

it.each(['0', '1', '10', '500', '501', '5000', '5000 dormant'])(
  'a page takes one statement: with %s conversations',
  async (name) => {
    const page = await countStatements(subject.postgres, () =>
      subject.members.findConversationsByUser(userOf(name), 20),
    );
    expect(page.statements).toEqual([expect.stringContaining('list_conversations')]);
    expect(page.result.data).toHaveLength(Math.min(Number.parseInt(name, 10), 20));
    const { nextCursor } = page.result;
    if (nextCursor === null) return;
    const next = await countStatements(subject.postgres, () =>
      subject.members.findConversationsByUser(userOf(name), 100, nextCursor),
    );
    expect(next.statements).toHaveLength(1);
  },
);

// Allowed are the rows of the page (21); the last active conversations, at most 1,000, and as many again to check that
// none of a minute is missing; and the member's own conversations where those do not suffice.
it.each([
  { name: '10', conversations: 10 + 21, members: 10 + 10 + 21 },
  { name: '500', conversations: 500 + 21, members: 500 + 500 + 21 },
  { name: '5000', conversations: 40 + 40 + 21, members: 501 + 40 + 21 },
  { name: '5000 dormant', conversations: 1_000 + 5_000 + 21, members: 501 + 1_000 + 5_000 + 21 },
])('reads no more than it must: with $name conversations', async ({ name, conversations, members }) => {
  for (const archived of [null, false]) {
    const work = await workFor(userOf(name), archived);
    expect(work.scans).toBe(0);
    expect(work.conversations).toBeLessThanOrEqual(conversations);
    expect(work.members).toBeLessThanOrEqual(members);
    expect(work.messages).toBeLessThanOrEqual(21);
    expect(work.messages).toBeGreaterThan(0);
  }
});

it('a detail takes one statement', async () => {
  const { data } = await subject.members.findConversationsByUser(userOf('10'), 1);
  const { statements, result } = await countStatements(subject.postgres, () =>
    subject.members.findConversationOfUser(userOf('10'), String(data[0]?.id)),
  );
  expect(statements).toHaveLength(1);
  expect(result).toEqual(data[0]);
});

it('a detail reads three messages of many: by number, by change, and to show it', async () => {
  const { data } = await subject.members.findConversationsByUser(userOf('1'), 1);
  const id = String(data[0]?.id);
  await say(subject, id, owner, 30);
  const work = await subject.database.transaction((connection) =>
    measure(connection, () => subject.members.findConversationOfUser(userOf('1'), id)),
  );
  expect(work.messages).toBe(3);
});

/** How many of three updates touched no index (HOT): all except one that may find its page full. */
async function updatesOutsideIndexes(activity: string): Promise<number> {
  const hot = async () =>
    Number(
      (await client.query(`select pg_stat_get_xact_tuples_hot_updated('conversations'::regclass) as n`))
        .rows[0].n,
    );
  const { data } = await subject.members.findConversationsByUser(userOf('1'), 1);
  await client.query('begin');
  const before = await hot();
  for (let time = 1; time <= 3; time += 1) {
    await client.query(`update conversations set updated_at = ${activity} where id = $1`, [data[0]?.id]);
  }
  const after = await hot();
  await client.query('commit');
  return after - before;
}

it('an activity touches the indexes once a minute', async () => {
  const same = `active_minute + random() * interval '59 seconds'`;
  expect(await updatesOutsideIndexes(same)).toBeGreaterThanOrEqual(2);
  expect(await updatesOutsideIndexes(`updated_at + interval '1 minute'`)).toBe(0);
});

it('of a minute in which all were active no more than 1,000 are searched', async () => {
  const from = LATELY + 10_000 * MINUTE;
  await createMany(subject.postgres, { owner, members: [userOf('5000')], count: 3_000, from, step: 1 });
  const { conversations } = await workFor(userOf('5000'));
  expect(conversations).toBeGreaterThan(8_000);
  expect(conversations).toBeLessThanOrEqual(1_000 + 1_001 + 8_000 + 100);
});
