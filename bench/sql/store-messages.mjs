// What storing a message costs PostgreSQL, by the size of the batch, and what each part of it does (docs/performance.md).
//
//   node --import @oxc-node/core/register bench/sql/store-messages.mjs
//
// Makes databases of its own, on a PostgreSQL of its own or on that of DATABASE_URL (a user who may create databases).
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { byCounters, numberByCounters } from './counters.mjs';
import { cpu, median, print } from './measure.mjs';
import { openServer, source } from './server.mjs';

const { storeMessages } = await source('modules/chat/infrastructure/statements/message-batch.statement');

const ROUNDS = 9;
/** Batches, and the calls of one slice. */
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
      // in turn, each as often the first as the last
      for (const variant of round % 2 ? variants : variants.toReversed())
        await slice(variant, size, round > 0);
    }
  }
  print(
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
  const { client } = await server.database();
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
  return { name, client, pid, seats: rows, statement: counters ? byCounters : (batch) => batch, figures: {} };
}

async function slice({ name, client, pid, seats, statement, figures }, size, counted) {
  const calls = SIZES.get(size);
  const before = cpu(pid);
  for (let call = 0; call < calls; call += 1) {
    const drafts = Array.from({ length: size }, () => ({
      ...seats[Math.floor(Math.random() * seats.length)],
      id: randomUUIDv7(),
      content: 'Hello there, how are you today?',
      clientMessageId: name === 'without clientMessageId' ? undefined : randomUUID(),
    }));
    await client.query(statement(storeMessages(drafts)));
  }
  if (counted) (figures[size] ??= []).push(((cpu(pid) - before) * 1e6) / (calls * size));
}
