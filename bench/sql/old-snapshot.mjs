// Measures how much a long-lived snapshot, such as a backup's, slows down a hot conversation: now, and with counters that
// every message increments (docs/adr/0029-numbers-by-the-newest-row.md).
//
//   node --import @oxc-node/core/register bench/sql/old-snapshot.mjs [--seconds 120] [--marks 0]
//
// Each variant gets --seconds of load, in turns. One variant has no snapshot: it shows the cost of more rows and the noise
// of the machine. --marks is the number of times per second that every member marks messages as read.
// Creates its own databases, on an embedded PostgreSQL or on the server at DATABASE_URL (version 18; the user must be
// allowed to create databases).
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { parseArgs } from 'node:util';
import { byCounters, numberByCounters } from './counters.mjs';
import { median, printTable } from './measure.mjs';
import { connect, openServer, importSource } from './server.mjs';

const { storeMessages } = await importSource(
  'modules/chat/infrastructure/statements/message-batch.statement',
);

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    marks: { type: 'string', default: '0' },
  },
});
const SECONDS = Number(values.seconds);
const MARKS = Number(values.marks);
const MEMBERS = 10;
const BATCH = 32;
/** Seconds of load per turn. */
const TURN = 10;
/** Milliseconds per slice, and slices per figure. */
const SLICE = 500;
const SLICES = 9;

const MARK = 'select from mark_read($1, $2, $3)';
const MARK_MEMBER =
  'update conversation_members set last_read_seq = $3 where conversation_id = $1 and user_id = $2';
const VARIANTS = [
  { name: 'newest row, beside a snapshot', beside: true, statement: (batch) => batch, mark: MARK },
  { name: 'newest row, without one', beside: false, statement: (batch) => batch, mark: MARK },
  {
    name: 'counters, beside a snapshot',
    beside: true,
    change: numberByCounters,
    statement: byCounters,
    mark: MARK_MEMBER,
  },
];

const server = await openServer();
try {
  const all = [];
  for (const variant of VARIANTS) all.push(await open(variant));
  for (const hot of all) await load(hot, 3_000);
  const before = await inTurn(all);
  const hot = all.filter(({ beside }) => beside);
  const snapshots = await Promise.all(hot.map(({ connection }) => openSnapshot(connection)));
  const rounds = [];
  for (let second = 0; second < SECONDS; second += TURN) {
    const round = { 'seconds of load': second + TURN };
    for (const each of all) round[`${each.name}: messages/s`] = (await load(each, TURN * 1_000)).toFixed(0);
    rounds.push(round);
  }
  const after = await inTurn(all);
  for (const client of snapshots) await client.end();
  printTable(
    `a hot conversation of ${MEMBERS}, batches of ${BATCH}, ${MARKS} marks a second and member`,
    rounds,
  );
  printTable(
    `messages/s, medians of ${SLICES} slices in turn, before and after ${SECONDS} s of load`,
    all.map(({ name }, index) => ({
      numbered: name,
      before: before[index].toFixed(0),
      after: after[index].toFixed(0),
      ratio: (after[index] / before[index]).toFixed(2),
      'to the one without': (after[index] / before[index] / (after[1] / before[1])).toFixed(2),
    })),
  );
  for (const { client } of all) await client.end();
} finally {
  await server.close();
}

async function open({ change, ...variant }) {
  const { client, connection } = await server.createDatabase();
  await change?.(client);
  const { rows } = await client.query(
    `with people as (
      insert into users (email, password_hash, display_name)
      select n || '@bench.example', 'none', 'Somebody' from generate_series(1, ${MEMBERS}) n returning id
    ), made as (
      insert into conversations (id, created_by, member_count) select uuidv7(), min(id::text)::uuid, ${MEMBERS} from people returning id
    )
    insert into conversation_members (conversation_id, user_id) select made.id, people.id from made, people
    returning conversation_id as "conversationId", user_id as "senderId"`,
  );
  await client.query('analyze');
  return { ...variant, client, connection, memberships: rows, marked: 0 };
}

/** Opens a connection that keeps its snapshot until it ends. */
async function openSnapshot(connection) {
  const client = await connect(connection);
  await client.query('begin isolation level repeatable read');
  await client.query('select count(*) from users');
  return client;
}

async function inTurn(all) {
  const speeds = all.map(() => []);
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const [index, hot] of all.entries()) speeds[index].push(await load(hot, SLICE));
  }
  return speeds.map(median);
}

/** Stores messages for some milliseconds. @returns messages per second, the time of the marks included */
async function load(hot, milliseconds) {
  const { client, memberships, statement } = hot;
  const start = performance.now();
  let sent = 0;
  let marked = 0;
  for (let passed = 0; passed < milliseconds; passed = performance.now() - start) {
    const drafts = Array.from({ length: BATCH }, () => ({
      ...memberships[Math.floor(Math.random() * memberships.length)],
      id: randomUUIDv7(),
      content: 'Hello there, how are you today?',
      clientMessageId: randomUUID(),
    }));
    await client.query(statement(storeMessages(drafts)));
    sent += BATCH;
    for (; marked < (passed * MARKS) / 1_000; marked += 1) await markAll(hot);
  }
  return (sent * 1_000) / (performance.now() - start);
}

async function markAll(hot) {
  hot.marked += 1;
  for (const { conversationId, senderId } of hot.memberships)
    await hot.client.query({ name: 'mark', text: hot.mark, values: [conversationId, senderId, hot.marked] });
}
