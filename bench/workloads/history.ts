import { progress } from '../progress.js';
import { planRooms } from '../setup/population.js';
import { compareRequests } from './compare-requests.js';
import type { Workload } from './workload.js';

const PAGE_SIZE = 20;
const MESSAGES = 1_000_000;
const QUICK_MESSAGES = 20_000;

/** Creates the messages of user $2 in conversation $1: `seq` 1 to $3, one second apart. */
const INSERT_MESSAGES = `
insert into messages (id, conversation_id, sender_id, content, created_at, seq, rev, content_sha256)
select uuidv7(), $1, $2, text, now() - make_interval(secs => $3 - n), n, n, sha256(convert_to(text, 'UTF8'))
from generate_series(1, $3::bigint) n, lateral (select 'Message ' || n || ' of a long conversation' as text) t`;
const UPDATE_HEAD = 'update conversations set last_seq = $2, rev = $2, updated_at = now() where id = $1';

export const history: Workload = {
  name: 'history',
  title: 'History of 1,000,000 messages, first and deepest page',
  withoutBaseline: true,
  run: async (context) => {
    const [causerie] = context.contestants;
    const { database } = causerie;
    const [room] = planRooms(context.users, 1, 2);
    const [reader] = room?.members ?? [];
    if (!room || !reader) throw new Error('There is no room.');
    const count = context.options.quick ? QUICK_MESSAGES : MESSAGES;
    progress(`  writing ${count} messages`);
    await causerie.addRooms([room]);
    await database.query(INSERT_MESSAGES, [room.id, reader.id, count]);
    await database.query(UPDATE_HEAD, [room.id, count]);
    await database.query('vacuum (analyze) messages');
    const page = (number: number) => ({
      name: `page ${number}`,
      path: `/chat/conversations/${room.id}/messages?page=${number}&limit=${PAGE_SIZE}`,
      token: reader.token,
      rows: PAGE_SIZE,
    });
    const { ratios, details } = await compareRequests(context, [page(1), page(count / PAGE_SIZE)]);
    return {
      figures: ratios.map((estimate) => ({
        name: `latency of page ${count / PAGE_SIZE} to page 1`,
        unit: 'ratio',
        goal: { atMost: 1.5 },
        estimate,
      })),
      details,
      violations: [],
    };
  },
};
