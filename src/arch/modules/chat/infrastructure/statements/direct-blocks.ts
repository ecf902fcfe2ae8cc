import type { Database } from '../../../../common/infrastructure/database/database.js';

/** Whether a conversation is direct, and one of its members has blocked the other. */
export interface DirectBlock {
  readonly isDirect: boolean;
  readonly isBlocked: boolean;
}

/** Returns rows in the order of the ids. */
const FIND_BLOCKS = {
  name: 'find_direct_blocks',
  text: `select c.id is not null as "isDirect", c.id is not null and exists (
      select from user_blocks
      where (blocker_id, blocked_id) in ((c.direct_low, c.direct_high), (c.direct_high, c.direct_low))
    ) as "isBlocked"
    from unnest($1::uuid[]) with ordinality as asked (id, place)
    left join conversations c on c.id = asked.id and c.type = 'direct'
    order by asked.place`,
};

/** The answer for each conversation. */
export function directBlocksIn(database: Database): (ids: readonly string[]) => Promise<DirectBlock[]> {
  return (ids) =>
    database.execute<DirectBlock & Record<string, unknown>>({ ...FIND_BLOCKS, values: [ids] }, 'messages');
}
