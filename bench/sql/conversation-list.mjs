// Measures the latency of the conversation list (docs/adr/0012-conversation-list.md).
//
//   node --import @oxc-node/core/register bench/sql/conversation-list.mjs
//
// Creates its own databases, on an embedded PostgreSQL or on the server at DATABASE_URL (version 18; the user must be
// allowed to create databases).
import { median, printTable } from './measure.mjs';
import { openServer, importSource } from './server.mjs';

const { Database } = await importSource('common/infrastructure/database/database');
const { encodeCursor } = await importSource('common/infrastructure/database/instant-cursor');
const { ConversationListReader } = await importSource(
  'modules/chat/infrastructure/statements/conversation-list.reader',
);

const BIG = '00000000-0000-0000-0000-000000010000';
const SIZES = [10, 300, 500, 2_000];
const userOf = (size) => `00000000-0000-0000-0000-${String(size).padStart(12, '0')}`;
const OWNER = userOf(1);

const USERS = `
insert into users (id, email, password_hash, display_name)
select id, id || '@bench.example', 'none', 'Somebody' from unnest($1::uuid[]) id`;
/**
 * Creates 10,000 conversations of BIG and $1 of others. Their last activity is within 60 days; with $2, that of BIG's
 * conversations is 100 days earlier.
 */
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

const server = await openServer();
try {
  await measureReads();
} finally {
  await server.close();
}

async function measureReads() {
  for (const [title, others, dormant] of [
    ['10,000 of 20,000 conversations, all mixed', 10_000, false],
    ['10,000 dormant ones behind 200,000 of others', 200_000, true],
  ]) {
    const { client, connection } = await server.createDatabase();
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
    printTable(`${title}: a page of 20, ms with its round trip`, rows);
    await database.onApplicationShutdown();
    await client.end();
  }
}

async function cursorAt(client, user, offset) {
  const { rows } = await client.query(
    `select c.id, (extract(epoch from c.updated_at) * 1000000)::bigint::text as instant
     from conversation_members m join conversations c on c.id = m.conversation_id
     where m.user_id = $1 order by c.updated_at desc, c.id desc offset $2 limit 1`,
    [user, offset],
  );
  return encodeCursor(rows[0]);
}

/** Measures the median of each case in milliseconds. Cases take turns of a few calls, so that noise affects all alike. */
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
