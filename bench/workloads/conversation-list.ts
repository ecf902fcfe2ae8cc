import type { Pool } from 'pg';
import { progress } from '../progress.js';
import type { User } from '../setup/population.js';
import { compareRequests } from './compare-requests.js';
import type { Context, Workload } from './workload.js';

const PAGE_SIZE = 20;

/** Creates $3 conversations of $1 and $2 with one message each, one second apart, about $4 days ago. */
const INSERT_CONVERSATIONS = `
with made as (
  insert into conversations (id, created_by, member_count, created_at, updated_at, last_seq, rev)
  select uuidv7(), $1, 2, moment, moment, 1, 1
  from generate_series(1, $3::int) n,
    lateral (select now() - make_interval(days => $4::int, secs => n) as moment) m
  returning id, updated_at
), seated as (
  insert into conversation_members (conversation_id, user_id, role)
  select made.id, member.id, member.role
  from made, (values ($1::uuid, 'owner'), ($2::uuid, 'member')) as member (id, role)
)
insert into messages (id, conversation_id, sender_id, content, created_at, seq, rev, content_sha256)
select uuidv7(), id, $1, 'Hello', updated_at, 1, 1, sha256('Hello') from made`;

export const conversationList: Workload = {
  name: 'conversation-list',
  title: 'Conversation list with 10 and with 10,000 conversations',
  withoutBaseline: true,
  run: async (context) => {
    const { few, many, dormant, size } = await fillDatabase(context);
    const list = (name: string, { token }: User, rows: number) => ({
      name,
      path: `/chat/conversations?limit=${PAGE_SIZE}`,
      token,
      rows,
    });
    const { ratios, details } = await compareRequests(context, [
      list('10', few, 10),
      list(`${size}, active`, many, PAGE_SIZE),
      list(`${size}, dormant`, dormant, PAGE_SIZE),
    ]);
    return {
      // The worst case, the dormant conversations, is reported in the details and has no goal.
      figures: ratios.slice(0, 1).map((estimate) => ({
        name: `latency of ${size} to 10`,
        unit: 'ratio',
        goal: { atMost: 2 },
        estimate,
      })),
      details,
      violations: [],
    };
  },
};

/** The dormant conversations are a year old; five times as many of other users have been active since. */
async function fillDatabase({ contestants, listUsers, options }: Context) {
  const [few, many, dormant, other, another] = listUsers;
  if (!few || !many || !dormant || !other || !another) throw new Error('There are no users.');
  const [{ database }] = contestants;
  const size = options.quick ? 1_000 : 10_000;
  progress(`  writing ${size * 7} conversations`);
  await addConversations(database, dormant, another, size, 365);
  await addConversations(database, other, another, size * 5, 1);
  await addConversations(database, many, another, size, 0);
  await addConversations(database, few, another, 10, 0);
  await database.query('vacuum (analyze) conversations, conversation_members, messages');
  return { few, many, dormant, size };
}

async function addConversations(
  database: Pool,
  owner: User,
  partner: User,
  count: number,
  daysAgo: number,
): Promise<void> {
  await database.query(INSERT_CONVERSATIONS, [owner.id, partner.id, count, daysAgo]);
}
