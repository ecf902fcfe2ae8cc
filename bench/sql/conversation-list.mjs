// What the conversation list costs, and what its index costs on every send (docs/adr/0012-conversation-list.md).
//
//   node --import @oxc-node/core/register bench/sql/conversation-list.mjs [read] [send]
//
// Makes databases of its own, on a PostgreSQL of its own or on that of DATABASE_URL (version 18, a user who may
// create databases).
import { randomUUID } from 'node:crypto';
import { cpu, median, print } from './measure.mjs';
import { connect, openServer, source } from './server.mjs';

const { Database } = await source('common/infrastructure/database/database');
const { encodeCursor } = await source('modules/chat/infrastructure/adapters/conversation-cursor');
const { ConversationListReader } = await source(
  'modules/chat/infrastructure/adapters/conversation-list.reader',
);

const BIG = '00000000-0000-0000-0000-000000010000';
const SIZES = [10, 300, 500, 2_000];
const userOf = (size) => `00000000-0000-0000-0000-${String(size).padStart(12, '0')}`;
const OWNER = userOf(1);

const USERS = `
insert into users (id, email, password_hash, display_name)
select id, id || '@bench.example', 'none', 'Somebody' from unnest($1::uuid[]) id`;
/** 10,000 conversations of BIG's and $1 of others, with their last activity in 60 days, or BIG's before those. */
const CONVERSATIONS = `
insert into conversations (id, created_by, title, updated_at, last_seq, rev, member_count)
select uuidv7(), '${OWNER}', (case when i <= 10000 then 'mine ' else 'other ' end) || i,
  timestamptz '2026-06-01' - random() * interval '60 days'
    - case when $2 and i <= 10000 then interval '100 days' else interval '0' end, 1, 1, 2
from (select i from generate_series(1, 10000 + $1::int) i order by random()) shuffled`;
const MEMBERS = `
insert into conversation_members (conversation_id, user_id)
select id, '${OWNER}'::uuid from conversations
union all select id, '${BIG}' from conversations where title like 'mine %'
${SIZES.map((size) => `union all (select id, '${userOf(size)}' from conversations order by random() limit ${size})`).join('\n')}`;
const MESSAGES = `
insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
select id, '${OWNER}', 'the last message', 1, 1, sha256('the last message') from conversations`;

const JOIN_AND_SORT = {
  name: 'join_and_sort',
  text: `select c.*, m.role, m.joined_at, m.last_read_seq, l.*, u.display_name, u.avatar_url
    from conversation_members m join conversations c on c.id = m.conversation_id
    left join messages l on l.conversation_id = c.id and l.seq = c.last_seq
    left join users u on u.id = l.sender_id
    where m.user_id = $1 order by c.updated_at desc, c.id desc limit 21`,
};

const wanted = process.argv.slice(2);
const server = await openServer();
try {
  if (wanted.length === 0 || wanted.includes('read')) await measureReads();
  if (wanted.length === 0 || wanted.includes('send')) await measureSends();
} finally {
  await server.close();
}

async function measureReads() {
  for (const [title, others, dormant] of [
    ['10,000 of 20,000 conversations, all mixed', 10_000, false],
    ['10,000 dormant ones behind 200,000 of others', 200_000, true],
  ]) {
    const { client, connection } = await server.database();
    await client.query(USERS, [[OWNER, BIG, ...SIZES.map(userOf)]]);
    await client.query(CONVERSATIONS, [others, dormant]);
    await client.query(MEMBERS);
    await client.query(MESSAGES);
    await client.query('vacuum analyze');
    const database = new Database(connection, 1);
    const reader = new ConversationListReader(database);
    const rows = [];
    const cases = [];
    for (const size of [...SIZES, 10_000]) {
      const user = userOf(size);
      const row = { conversations: size };
      rows.push(row);
      cases.push({
        row,
        name: 'join and sort',
        work: () => client.query({ ...JOIN_AND_SORT, values: [user] }),
      });
      for (const [name, offset] of [
        ['first page', undefined],
        ['middle', Math.floor(size / 2)],
        ['last', size - 6],
      ]) {
        const cursor = offset === undefined ? undefined : await cursorAt(client, user, offset);
        cases.push({ row, name, work: () => reader.page(user, 20, cursor) });
      }
    }
    await timeInTurn(cases);
    print(`${title}: a page of 20, ms with its round trip`, rows);
    await database.onApplicationShutdown();
    await client.end();
  }
}

async function cursorAt(client, user, offset) {
  const { rows } = await client.query(
    `select c.id, (extract(epoch from c.updated_at) * 1000000)::bigint::text as activity
     from conversation_members m join conversations c on c.id = m.conversation_id
     where m.user_id = $1 order by c.updated_at desc, c.id desc offset $2 limit 1`,
    [user, offset],
  );
  return encodeCursor(rows[0]);
}

/** The median of each case in ms, each a few calls in turn: what disturbs the machine disturbs all. */
async function timeInTurn(cases) {
  const times = cases.map(() => []);
  for (let round = -2; round < 40; round += 1) {
    for (const [index, { work }] of cases.entries()) {
      for (let call = 0; call < 5; call += 1) {
        const start = performance.now();
        await work();
        if (round >= 0) times[index].push(performance.now() - start);
      }
    }
  }
  for (const [index, { row, name }] of cases.entries()) row[name] = median(times[index]).toFixed(2);
}

function newest(key) {
  return `select count(*) from (select id from conversations order by ${key} desc limit 1000) c`;
}

async function measureSends() {
  const WITHOUT = 'alter table conversations drop column active_minute';
  const EXACT = `${WITHOUT}; create index conversations_updated_at_idx on conversations (updated_at, id)`;
  const FULL = 'alter table conversations set (fillfactor = 50)';
  const variants = [];
  for (const [index, change, key] of [
    ['none', WITHOUT],
    ['none, again', WITHOUT],
    ['(active_minute)', 'select 1', 'active_minute'],
    ['(updated_at, id)', EXACT, 'updated_at desc, id'],
    ['(updated_at, id), fillfactor 50', `${EXACT}; ${FULL}`, 'updated_at desc, id'],
  ]) {
    const { client, connection } = await server.database();
    await client.query(change);
    // else some connections plan every call anew, which costs more than what is measured here
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(USERS, [[OWNER]]);
    await client.query(
      `insert into conversations (created_by, updated_at, member_count)
       select $1, now() - i * interval '1 minute', 1 from generate_series(1, 20000) i`,
      [OWNER],
    );
    await client.query('insert into conversation_members select id, $1 from conversations', [OWNER]);
    await client.query('vacuum full conversations');
    await client.query('vacuum analyze');
    const { rows } = await client.query('select id from conversations order by updated_at desc limit 500');
    const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
    variants.push({
      index,
      client,
      connection,
      pid,
      ids: rows.map(({ id }) => id),
      walk: key && newest(key),
      figures: {},
    });
  }
  const ROUNDS = 6;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const size of [1, 32]) {
      // in turn, each as often the first as the last
      for (const variant of round % 2 ? variants : variants.toReversed())
        await slice(variant, size, round > 0);
    }
  }
  const rows = [];
  for (const variant of variants) rows.push(await sendRow(variant));
  print('store_messages over 500 of 20,000 conversations, one connection, medians of slices in turn', rows);
  for (const { client } of variants) await client.end();
}

async function slice({ client, pid, ids, figures }, size, counted) {
  const calls = size === 1 ? 600 : 200;
  const before = [cpu(pid), await wal(client), performance.now()];
  for (let call = 0; call < calls; call += 1) await send(client, ids, size);
  const after = [performance.now(), await wal(client), cpu(pid)];
  if (!counted) return;
  const of = (figures[size] ??= { cpu: [], wal: [], time: [] });
  of.cpu.push(((after[2] - before[0]) * 1e6) / (calls * size));
  of.wal.push((after[1] - before[1]) / (calls * size));
  of.time.push(((after[0] - before[2]) * 1_000) / (calls * size));
}

function send(client, ids, size) {
  const conversations = Array.from({ length: size }, () => ids[Math.floor(Math.random() * ids.length)]);
  return client.query({
    name: 'store',
    text: 'select * from store_messages($1, $2, $3, $4, $5)',
    values: [
      conversations,
      conversations.map(() => OWNER),
      conversations.map(() => randomUUID()),
      conversations.map(() => 'Hello there, how are you today?'),
      conversations.map(() => null),
    ],
  });
}

async function sendRow(variant) {
  const { index, client, walk, figures } = variant;
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query(
    `select n_tup_hot_upd * 100.0 / n_tup_upd as hot, pg_table_size(relid) / 1e6 as "table", pg_indexes_size(relid) / 1e6 as indexes
     from pg_stat_user_tables where relname = 'conversations'`,
  );
  const row = { index };
  for (const size of [1, 32]) {
    const of = figures[size];
    row[`batch ${size}: µs`] = median(of.time).toFixed(1);
    row[`batch ${size}: CPU µs`] = median(of.cpu).toFixed(1);
    row[`batch ${size}: WAL bytes`] = median(of.wal).toFixed(0);
  }
  row['HOT %'] = Number(rows[0].hot).toFixed(1);
  row['table MB'] = Number(rows[0].table).toFixed(1);
  row['indexes MB'] = Number(rows[0].indexes).toFixed(1);
  row['walk of 1,000 in a backup, ms'] = walk ? await walkInBackup(variant) : '–';
  return row;
}

/** While an old snapshot is open nothing dead can be removed: 32,000 messages later the index is full of it. */
async function walkInBackup({ client, connection, ids, walk }) {
  const backup = await connect(connection);
  await backup.query('begin isolation level repeatable read');
  await backup.query('select count(*) from conversations');
  for (let call = 0; call < 1_000; call += 1) await send(client, ids, 32);
  const row = {};
  await timeInTurn([{ row, name: 'ms', work: () => client.query(walk) }]);
  await backup.end();
  return row.ms;
}

async function wal(client) {
  const { rows } = await client.query(`select (pg_current_wal_insert_lsn() - '0/0')::float8 as bytes`);
  return rows[0].bytes;
}
