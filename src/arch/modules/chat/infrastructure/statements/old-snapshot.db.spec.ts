import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { storeMessages } from './message-batch.statement.js';

const MEMBERS = 10;
const BATCHES = 400;

let subject: RealChatSubject;
let client: Client;
let backup: Client;
let members: string[];
let conversationId: string;
let marked = 0;

/** A message of each member. */
const batch = () =>
  storeMessages(
    members.map((senderId) => ({
      conversationId,
      senderId,
      content: 'hello',
      clientMessageId: crypto.randomUUID(),
      id: crypto.randomUUID(),
    })),
  );
const mark = () => {
  marked += 1;
  return { text: 'select * from mark_read($1, $2, $3)', values: [conversationId, members[0], marked] };
};
const statements = {
  'storing ten messages': batch,
  'marking as read': mark,
  'a head': () => ({ text: 'select * from conversation_heads where id = $1', values: [conversationId] }),
  'the members with their positions': () => ({
    text: 'select * from member_positions where conversation_id = $1',
    values: [conversationId],
  }),
  'the list of a member': () => ({
    text: `select * from list_conversations($1, 21, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
    values: [members[0]],
  }),
};

/** Pages that PostgreSQL accesses, repeated accesses included. */
async function pagesFor({ text, values }: { text: string; values: unknown[] }): Promise<number> {
  const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
  const [{ Plan: plan }] = rows[0]['QUERY PLAN'];
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}

async function pagesOfAll(): Promise<Map<string, number>> {
  const pages = new Map<string, number>();
  for (const [name, statement] of Object.entries(statements)) pages.set(name, await pagesFor(statement()));
  return pages;
}

async function converseOn(): Promise<void> {
  for (let batches = 0; batches < BATCHES; batches += 1) {
    await client.query(batch());
    await client.query(mark());
  }
}

let before: Map<string, number>;
let after: Map<string, number>;

beforeAll(async () => {
  subject = await realChatSubject();
  members = await Promise.all(Array.from({ length: MEMBERS }, () => signUp(subject)));
  const [owner, ...others] = members as [string, ...string[]];
  conversationId = await converse(subject, owner, ...others);
  [client, backup] = [new Client(subject.postgres.connection), new Client(subject.postgres.connection)];
  await Promise.all([client.connect(), backup.connect()]);
  await converseOn();
  before = await pagesOfAll();
  await backup.query('begin isolation level repeatable read');
  await backup.query('select count(*) from users');
  await converseOn();
  after = await pagesOfAll();
});
afterAll(async () => {
  await Promise.all([client.end(), backup.end()]);
  await subject.close();
});

// Row versions that cannot be removed while the snapshot is open would be read by every lookup of the row.
it.each(Object.keys(statements))(
  'while an old snapshot is open, %s reads as many pages as before',
  (name) => {
    expect(before.get(name)).toBeGreaterThan(0);
    expect(after.get(name)).toBeLessThanOrEqual(Number(before.get(name)) * 1.1 + 10);
  },
);

it('a message changes no row but that of its conversation, once a minute', async () => {
  const changed = `select sum(pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid))::int as rows
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  await client.query('begin');
  await client.query(batch());
  for (let batches = 0; batches < 3; batches += 1) await client.query(batch());
  const { rows } = await client.query<{ rows: number }>(changed);
  await client.query('commit');
  // The transaction may span the end of a minute.
  expect(rows[0]?.rows).toBeLessThanOrEqual(1);
});
