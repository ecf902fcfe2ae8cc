// Measures what it costs to keep former members out of rooms on a node with many joined conversations (ADR 60): an event with
// a `rev` and one without while all nodes are heard, and the statement that confirms memberships while they are not.
//
//   node --import @oxc-node/core/register bench/sql/ended-memberships.mjs [--rooms 20000] [--rounds 50]
//
// Creates its own database, on an embedded PostgreSQL or on the server at DATABASE_URL (version 18; the user must be allowed to create databases).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { median, printTable } from './measure.mjs';
import { openServer, importSource } from './server.mjs';

const { JoinedRooms } = await importSource('modules/chat/infrastructure/live/joined-rooms');
const { EndedMembershipsReader } = await importSource(
  'modules/chat/infrastructure/statements/ended-memberships.reader',
);
const { values: options } = parseArgs({
  options: {
    rooms: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '50' },
  },
});
const [rooms, rounds] = [Number(options.rooms), Number(options.rounds)];
/** Rooms of one statement, as `membership-looks.ts` has them. */
const AT_ONCE = 4_096;
/** Milliseconds for which a confirmation lasts. */
const INTERVAL = 2_000;

const PREPARE = `
with creator as (
  insert into users (email, password_hash, display_name) values ('a@bench.example', 'none', 'Somebody') returning id
), made as (
  insert into conversations (created_by, member_count)
  select id, 1 from creator, generate_series(1, $1) returning id, created_by
)
insert into conversation_members (conversation_id, user_id) select id, created_by from made`;

const own = () => process.cpuUsage().user / 1e3 + process.cpuUsage().system / 1e3;

const server = await openServer();
try {
  const { client } = await server.createDatabase();
  await client.query(PREPARE, [rooms]);
  await client.query('vacuum analyze');
  const { rows } = await client.query('select id from conversations');
  const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
  const backend = () => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6;

  const database = {
    execute: async (statement) => (await client.query(statement)).rows,
    outsideTransaction: (work) => work(),
  };
  const nodes = { hearsAllSince: 0 };
  const emitter = { guardRooms() {}, removeFromRoom() {}, usersIn: () => [] };
  const joined = new JoinedRooms(database, { onRenewal() {} }, emitter, nodes);
  for (const { id } of rows) joined.admitJoin(id, 'socket', { rev: 0, readAt: performance.now() });

  let delivered = 0;
  const deliver = () => void (delivered += 1);
  const events = (payload) => {
    const before = own();
    for (let rev = 1; rev <= rounds; rev += 1) {
      for (const { id } of rows) joined.admitEvent(id, 'event', payload(id, rev), deliver);
    }
    return ((own() - before) * 1e3) / (rows.length * rounds);
  };
  const withRev = events((conversationId, rev) => ({ conversationId, rev }));
  const without = events((conversationId) => ({ conversationId }));

  const reader = new EndedMembershipsReader(database);
  const asked = rows.map(({ id }) => ({ id, applied: rounds }));
  const looks = [];
  for (let round = 0; round < rounds + 10; round += 1) {
    const before = [own(), backend()];
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      await reader.findEnds(asked.slice(from, from + AT_ONCE));
    }
    if (round >= 10) looks.push([own() - before[0], backend() - before[1]]);
  }
  const [ofNode, ofDatabase] = [0, 1].map((index) => median(looks.map((look) => look[index])));
  const share = (milliseconds) => `${((100 * milliseconds) / INTERVAL).toFixed(2)} % of a core`;
  printTable(
    `Processor time with ${rooms} joined conversations, medians of ${rounds} rounds`,
    [
      ['an event with a rev, none missing', `${withRev.toFixed(2)} µs`, 'no statement'],
      ['an event without a rev, all nodes heard', `${without.toFixed(2)} µs`, 'no statement'],
      ['confirming all, the node', `${ofNode.toFixed(1)} ms`, share(ofNode)],
      ['confirming all, PostgreSQL', `${ofDatabase.toFixed(1)} ms`, share(ofDatabase)],
    ].map(([what, time, every2s]) => ({ what, time, 'every 2 s': every2s })),
  );
  if (delivered !== 2 * rows.length * rounds) throw new Error('Events were not delivered.');
} finally {
  await server.close();
}
