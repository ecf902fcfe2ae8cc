import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/arch/common/infrastructure/database/database.js';
import type { UserPair } from '../../src/arch/modules/chat/application/ports/acquaintance.port.js';
import { AcquaintanceAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/acquaintance.adapter.js';
import { PresenceStoreAdapter } from '../../src/arch/modules/presence/infrastructure/adapters/presence-store.adapter.js';
import { createMany } from '../support/many-conversations.js';
import { signUp } from './chat-subject.js';
import { type RealChatSubject, realChatSubject } from './real-chat-subject.js';

/** Counted since the connection was opened. PostgreSQL reports the connection's own figures immediately. */
const WORK = `
select (select sum(pg_stat_get_xact_numscans(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)::int as scans,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index
   join pg_class c on c.oid = indrelid where c.relnamespace = 'public'::regnamespace)::int as entries`;

/** `$1` users, of whom nobody is a member of anything. */
const USERS = `
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, $1) returning id`;

let subject: RealChatSubject;
let client: Client;
/** A member of 3,000 conversations besides the two with 5,000 members each. */
let busy: string;
let members: string[];
let strangers: string[];

const usersOf = async (count: number): Promise<string[]> =>
  (await subject.postgres.query<{ id: string }>(USERS, [count])).map(({ id }) => id);
const create = (owner: string, others: readonly string[], count: number) =>
  createMany(subject.postgres, { owner, members: others, count, from: 0, step: 1 });

/** Sequential scans and index entries that the connection reads for one statement of each adapter. */
async function workFor(pairs: readonly UserPair[]) {
  const database = {
    execute: async (statement: string) => (await client.query(statement)).rows,
  } as unknown as Database;
  const read = async () => (await client.query<Record<'scans' | 'entries', number>>(WORK)).rows[0];
  await client.query('begin');
  const before = await read();
  const found = await new AcquaintanceAdapter(database).findAcquaintances(pairs);
  await new PresenceStoreAdapter(database).findStored([...new Set(pairs.flat())]);
  const after = await read();
  await client.query('commit');
  return {
    known: found.filter((each) => each !== null).length,
    scans: (after?.scans ?? 0) - (before?.scans ?? 0),
    entries: (after?.entries ?? 0) - (before?.entries ?? 0),
  };
}

beforeAll(async () => {
  subject = await realChatSubject();
  client = new Client(subject.postgres.connection);
  await client.connect();
  busy = await signUp(subject);
  // Plans made while the tables are empty would be kept, and scan the whole tables.
  const few = await usersOf(1);
  for (let time = 1; time <= 10; time += 1) await workFor(few.map((other) => [busy, other]));
  members = await usersOf(9_998);
  for (const part of [members.slice(0, 4_999), members.slice(4_999)]) await create(busy, part, 1);
  await create(busy, [], 3_000);
  strangers = await usersOf(200);
  for (const stranger of strangers) await create(stranger, [], 20);
});
afterAll(async () => {
  await client.end();
  await subject.close();
});

// A pair takes an entry for each conversation of the one who has fewer, counted and then looked up, and some ten for the
// two users, their blocks and their direct conversation; the 3,000 conversations of `busy` are counted once.
it.each([
  ['200 of 10,000 members', 200, () => members.filter((_, index) => index % 49 === 0).slice(0, 200)],
  ['200 strangers with 20 conversations each', 0, () => strangers],
] as const)(
  'a member of 3,000 conversations asks for %s, or is asked for by them: few index entries for each, and no table',
  async (_, known, others) => {
    for (const pairs of [
      others().map((other) => [busy, other] as const),
      others().map((other) => [other, busy] as const),
    ]) {
      const work = await workFor(pairs);
      expect([work.known, work.scans]).toEqual([known, 0]);
      expect(work.entries).toBeGreaterThan(3_000);
      expect(work.entries / pairs.length).toBeLessThanOrEqual(75);
    }
  },
);
