// Measures what the guards of sending (posting, slow mode, blocks) cost where none of them is on: `store_messages_2`
// against `store_messages`, which has none (ADR 50).
//
//   node --import @oxc-node/core/register bench/sql/sending-guards.mjs [--seconds 40] [--direct]
//
// Calls take turns in random order on one connection; the processor time of its process is read after each (Linux only).
// `--direct`: all conversations are direct, so that blocks are looked up. Creates its own database, on an embedded
// PostgreSQL or on the server at DATABASE_URL (version 18; the user must be allowed to create databases).
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { median, printTable } from './measure.mjs';
import { openServer, importSource } from './server.mjs';

const { storeMessages } = await importSource(
  'modules/chat/infrastructure/statements/message-batch.statement',
);
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '40' }, direct: { type: 'boolean', default: false } },
});

const SIZES = [1, 32];
/** Rounds that only warm up. */
const UNCOUNTED = 20;
const PREPARE = `
with people as (
  insert into users (email, password_hash, display_name)
  select n || '@bench.example', 'none', 'Somebody' from generate_series(1, 1000) n returning id
), numbered as (
  select id, row_number() over (order by id) as n from people
), pairs as (
  select uuidv7() as id, a.id as low, b.id as high from numbered a join numbered b on b.n = a.n + 500
), made as (
  insert into conversations (id, created_by, member_count, type, direct_low, direct_high)
  select id, low, 2, case when $1 then 'direct' else 'group' end, case when $1 then low end, case when $1 then high end from pairs
)
insert into conversation_members (conversation_id, user_id)
select id, low from pairs union all select id, high from pairs`;

const WITHOUT_GUARDS = {
  name: 'store_messages',
  text: 'select * from store_messages($1, $2, $3, $4, $5)',
};
const WITH_GUARDS = {
  name: 'store_messages_2',
  text: 'select * from store_messages_2($1, $2, $3, $4, $5)',
};
const variants = [
  ['store_messages', WITHOUT_GUARDS],
  ['store_messages, again', WITHOUT_GUARDS],
  ['store_messages_2', WITH_GUARDS],
  ['store_messages_2, again', WITH_GUARDS],
].map(([name, change]) => ({ name, change, figures: { 1: [], 32: [] } }));

const server = await openServer();
try {
  const { client } = await server.createDatabase();
  await client.query(PREPARE, [options.direct]);
  await client.query('vacuum analyze');
  const { rows: memberships } = await client.query(
    'select conversation_id as "conversationId", user_id as "senderId" from conversation_members',
  );
  const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
  const nanoseconds = () => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0]);
  const end = Date.now() + Number(options.seconds) * 1_000;
  for (let round = 0; Date.now() < end; round += 1) {
    for (const size of SIZES) {
      for (const { change, figures } of variants.toSorted(() => Math.random() - 0.5)) {
        const drafts = Array.from({ length: size }, () => ({
          ...memberships[Math.floor(Math.random() * memberships.length)],
          id: randomUUIDv7(),
          content: 'Hello there, how are you today?',
          clientMessageId: randomUUID(),
        }));
        const before = nanoseconds();
        await client.query({ ...storeMessages(drafts), ...change });
        if (round >= UNCOUNTED) figures[size].push((nanoseconds() - before) / 1_000 / size);
      }
    }
  }
  printTable(
    `PostgreSQL CPU-µs for each message, 500 ${options.direct ? 'direct' : 'group'} conversations of 2, medians and lowest tenths of ${variants[0].figures[1].length} calls`,
    variants.map(({ name, figures }) => ({
      function: name,
      ...Object.fromEntries(
        SIZES.flatMap((size) => [
          [`batch of ${size}`, median(figures[size]).toFixed(1)],
          [`batch of ${size}, lowest tenth`, lowestTenth(figures[size]).toFixed(1)],
        ]),
      ),
    })),
  );
} finally {
  await server.close();
}

function lowestTenth(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 10)];
}
