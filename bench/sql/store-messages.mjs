// Measures PostgreSQL's CPU time per stored message by batch size, and the share of each part (docs/performance.md).
//
//   node --import @oxc-node/core/register bench/sql/store-messages.mjs
//
// Creates its own databases, on an embedded PostgreSQL or on the server at DATABASE_URL (version 18; the user must be
// allowed to create databases).
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { byCounters, numberByCounters } from './counters.mjs';
import { cpuSeconds, median, printTable } from './measure.mjs';
import { openServer, importSource } from './server.mjs';

const { storeMessages } = await importSource(
  'modules/chat/infrastructure/statements/message-batch.statement',
);

const ROUNDS = 9;
/** Batch size, and the calls per slice. */
const SIZES = new Map([
  [1, 1_000],
  [10, 300],
  [32, 120],
  [100, 40],
]);
const VARIANTS = {
  'as it is': 'select 1',
  'as it is, again': 'select 1',
  'without the foreign keys':
    'alter table messages drop constraint messages_conversation_id_conversations_id_fk, drop constraint messages_sender_id_users_id_fk',
  'without clientMessageId': 'select 1',
  'without the index of own messages': 'drop index messages_conversation_id_sender_id_seq_idx',
  'numbered by counters, as before': 'select 1',
};

const server = await openServer();
try {
  const variants = [];
  for (const [name, change] of Object.entries(VARIANTS)) variants.push(await open(name, change));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const size of SIZES.keys()) {
      // Variants take turns, in alternating order.
      for (const variant of round % 2 ? variants : variants.toReversed())
        await slice(variant, size, round > 0);
    }
  }
  printTable(
    'PostgreSQL CPU-µs for each message, 500 conversations of 2, one connection, medians of slices in turn',
    variants.map(({ name, figures }) => ({
      store_messages: name,
      ...Object.fromEntries(
        [...SIZES.keys()].map((size) => [`batch of ${size}`, median(figures[size]).toFixed(0)]),
      ),
    })),
  );
  for (const { client } of variants) await client.end();
} finally {
  await server.close();
}

async function open(name, change) {
  const { client } = await server.createDatabase();
  await client.query(change);
  const counters = name.startsWith('numbered by counters');
  if (counters) await numberByCounters(client);
  await client.query(`with people as (
      insert into users (email, password_hash, display_name)
      select n || '@bench.example', 'none', 'Somebody' from generate_series(1, 1000) n returning id
    ), numbered as (
      select id, row_number() over () as n from people
    ), made as (
      insert into conversations (id, created_by, member_count)
      select uuidv7(), id, 2 from numbered where n <= 500 returning id, created_by
    )
    insert into conversation_members (conversation_id, user_id)
    select made.id, p.id from made join numbered o on o.id = made.created_by join numbered p on p.n in (o.n, o.n + 500)`);
  await client.query('analyze');
  const { rows } = await client.query(
    'select conversation_id as "conversationId", user_id as "senderId" from conversation_members',
  );
  const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
  return {
    name,
    client,
    pid,
    memberships: rows,
    statement: counters ? byCounters : (batch) => batch,
    figures: {},
  };
}

async function slice({ name, client, pid, memberships, statement, figures }, size, counted) {
  const calls = SIZES.get(size);
  const before = cpuSeconds(pid);
  for (let call = 0; call < calls; call += 1) {
    const drafts = Array.from({ length: size }, () => ({
      ...memberships[Math.floor(Math.random() * memberships.length)],
      id: randomUUIDv7(),
      content: 'Hello there, how are you today?',
      clientMessageId: name === 'without clientMessageId' ? undefined : randomUUID(),
    }));
    await client.query(statement(storeMessages(drafts)));
  }
  if (counted) (figures[size] ??= []).push(((cpuSeconds(pid) - before) * 1e6) / (calls * size));
}
