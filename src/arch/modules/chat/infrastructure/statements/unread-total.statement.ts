/** LIMIT keeps these look-ups for each conversation: as joins they may read all memberships, or all conversations. */
const UNREAD = `
cross join lateral (
  select greatest(0, h.last_seq - m.known) as unread,
    case when h.last_seq > m.known then mention_count(counted.id, $1, m.known) else 0 end as mentions
  from (
    select muted_until, greatest(own_read_seq, visible_from_seq - 1) as known
    from member_positions where conversation_id = counted.id and user_id = $1 limit 1
  ) m
  cross join lateral (select last_seq from conversation_heads where id = counted.id limit 1) h
  where m.muted_until is null or m.muted_until <= clock_timestamp()
) u`;

const SUMS =
  'count(*) filter (where unread > 0)::int as conversations, coalesce(sum(unread), 0)::text as messages, coalesce(sum(mentions), 0)::text as mentions';

/** Over the conversations of $1 with the latest activity, at most $2, and so many of the threads that $1 follows. */
export const RECENT_UNREAD = {
  name: 'recent_unread',
  text: `
with recent as materialized (
  select id from conversations_of_member_2($1, $2::int + 1, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, false, null)
), followed as materialized (
  select threads, capped from unread_threads($1, $2::int)
)
select ${SUMS}, (select threads from followed), (select count(*) > $2::int from recent) or (select capped from followed) as capped
from (select id from recent limit $2::int) counted ${UNREAD}`,
};

/** Over all conversations of $1, and all threads that $1 follows. */
export const ALL_UNREAD = {
  name: 'all_unread',
  text: `
select ${SUMS}, (select threads from unread_threads($1, null)), false as capped
from (
  select conversation_id as id from conversation_members where user_id = $1 and archived_at is null
) counted ${UNREAD}`,
};

export interface UnreadRow {
  readonly conversations: number;
  readonly messages: string;
  readonly mentions: string;
  readonly threads: number;
  readonly capped: boolean;
}
