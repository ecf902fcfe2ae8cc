// Measures what messages with replies, mentions and metadata cost, and that plain ones cost what they did (ADR 62):
// `store_messages_3` against `store_messages_2`, which knows nothing of them; `store_rich_messages` with plain messages,
// with a reply, a mention and metadata each, and with plain messages in threads (ADR 64).
//
//   node --import @oxc-node/core/register bench/sql/rich-messages.mjs [--seconds 40]
//
// Calls take turns in random order on one connection; the processor time of its process is read after each (Linux only).
// Creates its own database, on an embedded PostgreSQL or on the server at DATABASE_URL (version 18; the user must be
// allowed to create databases).
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { median, printTable } from './measure.mjs';
import { openServer, importSource } from './server.mjs';

const { storeMessages } = await importSource(
  'modules/chat/infrastructure/statements/message-batch.statement',
);
const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '40' } } });

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
  insert into conversations (id, created_by, member_count) select id, low, 2 from pairs
)
insert into conversation_members (conversation_id, user_id)
select id, low from pairs union all select id, high from pairs`;

const BEFORE = { name: 'store_messages_2', text: 'select * from store_messages_2($1, $2, $3, $4, $5)' };
/** Of each conversation a thread at its first message; the id is of version 8. */
const OPEN_THREADS = `
with threads as (
  insert into conversations (id, created_by, member_count, type, parent_id, root_seq)
  select overlay(id::text placing '8' from 15 for 1)::uuid, created_by, 0, 'thread', id, 1 from conversations
  returning id, parent_id
)
update messages m set thread_id = t.id from threads t where m.conversation_id = t.parent_id and m.seq = 1
returning m.conversation_id as "parentId", t.id as "threadId"`;
const none = () => undefined;
/** A batch with one such message is stored by the function for rich messages. */
const onlyFirst = (_, place) => (place === 0 ? { metadata: { a: 1 } } : undefined);
const each = ({ senderId, replyToId }) => ({
  replyToId,
  mentions: [senderId],
  metadata: { colour: 'blue', card: { title: 'Lunch', people: 7 } },
});
const variants = [
  ['store_messages_2', BEFORE, none],
  ['store_messages_2, again', BEFORE, none],
  ['store_messages_3', {}, none],
  ['store_messages_3, again', {}, none],
  ['store_rich_messages, one with metadata', {}, onlyFirst],
  ['store_rich_messages, each with a reply, a mention, metadata', {}, each],
  ['store_rich_messages, each in a thread', {}, none, true],
].map(([name, change, extras, inThread = false]) => ({
  name,
  change,
  extras,
  inThread,
  figures: { 1: [], 32: [] },
}));

const server = await openServer();
try {
  const { client } = await server.createDatabase();
  await client.query(PREPARE);
  await client.query('vacuum analyze');
  const { rows: memberships } = await client.query(
    'select conversation_id as "conversationId", user_id as "senderId" from conversation_members',
  );
  // A message of each conversation, to reply to.
  const targets = new Map();
  for (const membership of memberships) {
    const id = randomUUIDv7();
    await client.query(storeMessages([{ ...membership, id, content: 'Hello!' }]));
    targets.set(membership.conversationId, id);
  }
  const { rows: opened } = await client.query(OPEN_THREADS);
  const threads = new Map(opened.map(({ parentId, threadId }) => [parentId, threadId]));
  const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
  const nanoseconds = () => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0]);
  const end = Date.now() + Number(options.seconds) * 1_000;
  for (let round = 0; Date.now() < end; round += 1) {
    for (const size of SIZES) {
      for (const { change, extras, inThread, figures } of variants.toSorted(() => Math.random() - 0.5)) {
        const drafts = Array.from({ length: size }, (_, place) => {
          const membership = memberships[Math.floor(Math.random() * memberships.length)];
          const replyToId = targets.get(membership.conversationId);
          return {
            ...membership,
            ...(inThread && { conversationId: threads.get(membership.conversationId) }),
            id: randomUUIDv7(),
            content: 'Hello there, how are you today?',
            clientMessageId: randomUUID(),
            extras: extras({ ...membership, replyToId }, place),
          };
        });
        const before = nanoseconds();
        await client.query({ ...storeMessages(drafts), ...change });
        if (round >= UNCOUNTED) figures[size].push((nanoseconds() - before) / 1_000 / size);
      }
    }
  }
  printTable(
    `PostgreSQL CPU-µs for each message, 500 conversations of 2, medians and lowest tenths of ${variants[0].figures[1].length} calls`,
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
