import type { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import type { Random } from '../../../verify/random.js';

const LOCK = 'select from conversations where id = $1 and deleted_at is null for update';

/** As older nodes add a member: with a `rev`, with everything read, and without a row in the log. */
const ADD = `
with added as (
  insert into conversation_members (conversation_id, user_id, joined_at, last_read_seq)
  select id, $2, clock_timestamp(), last_seq from conversation_heads where id = $1
  on conflict do nothing returning conversation_id
)
update conversations c set rev = h.rev + 1, members_rev = h.rev + 1, member_count = c.member_count + 1
from added, conversation_heads h where c.id = added.conversation_id and h.id = c.id`;

/** As later versions will change a message: it takes the next `rev`, and leaves its earlier one behind. */
const OVERTAKE = `
update messages m set rev = h.rev + 1, edited_at = now()
from conversation_heads h
where m.conversation_id = $1 and h.id = $1 and m.seq = (h.last_seq * $2::float)::bigint + 1`;

/** Makes a change that this version does not make itself; answers whether it was made. Nothing is emitted. */
export function plantChange(
  database: Database,
  conversationId: string,
  outside: readonly string[],
  random: Random,
): Promise<boolean> {
  const [statement, value] =
    outside.length > 0 && random.chance(0.5) ? [ADD, random.pick(outside)] : [OVERTAKE, random.next() * 0.99];
  return database.transaction(async (client) => {
    const locked = await client.query(LOCK, [conversationId]);
    if (locked.rowCount === 0) return false;
    return (await client.query(statement, [conversationId, value])).rowCount === 1;
  });
}
