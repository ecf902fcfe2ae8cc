// Measures what each migration locks, and for how long, on a database with many messages (docs/upgrading.md).
//
//   node --import @oxc-node/core/register bench/sql/migration-locks.mjs [--messages 1000000]
//
// Fills the tables of the first migration, and applies the others to them step by step, each step in a transaction that takes
// its locks first, as the server does. Before each commit it reads from pg_locks which relations are locked so that others wait
// for them; a relation counts as locked from the first lock to the end of the commit.
// Creates its own database, on an embedded PostgreSQL or on the server at DATABASE_URL (the user must be allowed to create
// databases).
import { parseArgs } from 'node:util';
import { printTable } from './measure.mjs';
import { importSource, openServer } from './server.mjs';

const { knownMigrations } = await importSource('common/infrastructure/database/migrate');
const { cutIntoSteps } = await importSource('common/infrastructure/database/migration-steps');

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' } } });
const MESSAGES = Number(values.messages);
/** Messages and members for each conversation. */
const LENGTH = 50;
const MEMBERS = 10;
const CONVERSATIONS = Math.ceil(MESSAGES / LENGTH);
const USERS = Math.ceil(MESSAGES / 10);
const POSTS = USERS;

const userId = (number) => `md5('user ' || (${number}))::uuid`;
const conversationId = (number) => `md5('conversation ' || (${number}))::uuid`;
const member = (conversation, place) => userId(`((${conversation}) * 7 + (${place})) % ${USERS}`);

const FILL_FIRST = [
  `insert into users (id, email, password_hash, display_name)
   select ${userId('n')}, 'user' || n || '@example.com', '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('x', 65), 'User ' || n
   from generate_series(0, ${USERS - 1}) n`,
  `insert into sessions (id, user_id) select md5('session ' || n)::uuid, ${userId('n')} from generate_series(0, ${USERS - 1}) n`,
  `insert into refresh_tokens (token_hash, session_id, expires_at)
   select sha256(n::text::bytea), md5('session ' || n)::uuid, now() + interval '7 days' from generate_series(0, ${USERS - 1}) n`,
  `insert into conversations (id, created_by, title, updated_at, last_seq, rev, member_count)
   select ${conversationId('n')}, ${member('n', 0)}, 'Conversation ' || n, now() - n * interval '1 second', ${LENGTH}, ${LENGTH}, ${MEMBERS}
   from generate_series(0, ${CONVERSATIONS - 1}) n`,
  `insert into conversation_members (conversation_id, user_id, role, last_read_seq)
   select ${conversationId('n')}, ${member('n', 'm')}, case m when 0 then 'owner' else 'member' end, ${LENGTH}
   from generate_series(0, ${CONVERSATIONS - 1}) n, generate_series(0, ${MEMBERS - 1}) m`,
  `insert into messages (conversation_id, sender_id, content, seq, rev, client_message_id, content_sha256)
   select ${conversationId('n')}, ${member('n', `s % ${MEMBERS}`)}, repeat('message ', 8), s, s, 'client-' || s, sha256('message')
   from generate_series(0, ${CONVERSATIONS - 1}) n, generate_series(1, ${LENGTH}) s`,
];
/** The table is of the second migration. */
const FILL_POSTS = `insert into posts (owner_id, title, content, visibility)
  select ${userId(`n % ${USERS}`)}, 'Post ' || n, repeat('post ', 20), case when n % 5 = 0 then 'private' else 'public' end
  from generate_series(0, ${POSTS - 1}) n`;

/** Locks for which readers or writers of a relation that was there before wait. */
const LOCKED = `select relname as name, mode from pg_locks join pg_class c on c.oid = relation
  where pid = pg_backend_pid() and granted and relkind in ('r', 'v') and relnamespace = current_schema()::regnamespace
    and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock') and relname = any ($1)
  order by relname, mode`;
const RELATIONS = `select array_agg(relname) as names from pg_class
  where relkind in ('r', 'v') and relnamespace = current_schema()::regnamespace`;
const STRENGTH = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];

const server = await openServer();
try {
  const { client } = await server.createDatabase({ until: 1 });
  for (const statement of FILL_FIRST) await client.query(statement);
  const rows = [];
  for (const [index, [migration, steps]] of [...cutIntoSteps(knownMigrations())].entries()) {
    if (index === 0) continue;
    await client.query('vacuum analyze');
    rows.push(...(await apply(client, migration, steps)));
    if (index === 1) await client.query(FILL_POSTS);
  }
  printTable(
    `${MESSAGES} messages, ${CONVERSATIONS} conversations of ${MEMBERS}, ${USERS} accounts, sessions and posts`,
    rows,
  );
} finally {
  await server.close();
}

async function apply(client, { tag }, steps) {
  const [{ names }] = (await client.query(RELATIONS)).rows;
  const found = new Map();
  const begun = performance.now();
  for (const step of steps) {
    await client.query('begin; set local lock_timeout = 2000');
    const from = performance.now();
    for (const [table, mode] of step.locks) await client.query(`lock table "${table}" in ${mode} mode`);
    for (const statement of step.statements) await client.query(statement);
    const locked = (await client.query(LOCKED, [names])).rows;
    await client.query('commit');
    const took = performance.now() - from;
    for (const { name, mode } of locked) {
      const one = found.get(name) ?? { mode, longest: 0, steps: 0, last: undefined };
      const stronger = STRENGTH.indexOf(mode) > STRENGTH.indexOf(one.mode) ? mode : one.mode;
      const isNext = one.last !== step;
      found.set(name, {
        mode: stronger,
        longest: Math.max(one.longest, took),
        steps: one.steps + (isNext ? 1 : 0),
        last: step,
      });
    }
  }
  const total = (performance.now() - begun).toFixed(0);
  if (found.size === 0)
    return [{ migration: tag, locks: '–', mode: '–', times: 0, 'longest, ms': '–', 'all of it, ms': total }];
  return [...found].map(([name, { mode, longest, steps: times }], index) => ({
    migration: index === 0 ? tag : '',
    locks: name,
    mode: mode.replace(/Lock$/, ''),
    times,
    'longest, ms': longest.toFixed(0),
    'all of it, ms': index === 0 ? total : '',
  }));
}
