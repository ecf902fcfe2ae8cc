/**
 * Like the readers of a message of another conversation, among the followers of a thread: who began to follow after it was
 * sent began with everything read.
 */
export const THREAD_READERS = {
  name: 'thread_readers',
  text: `
with message as materialized (
  select m.seq, m.sender_id, m.created_at from messages m
  cross join lateral (
    select t.root_seq, p.visible_from_seq
    from conversations t
    join conversation_members p on p.conversation_id = t.parent_id and p.user_id = $3
    where t.id = m.conversation_id limit 1
  ) t
  where m.id = $2 and m.conversation_id = $1 and t.visible_from_seq <= t.root_seq
), readers as materialized (
  select p.user_id, p.followed_at, u.display_name, u.avatar_url
  from message m
  cross join lateral (select * from thread_positions where thread_id = $1 offset 0) p
  cross join lateral (select * from user_profiles where id = p.user_id limit 1) u
  where p.last_read_seq >= m.seq and p.user_id <> m.sender_id and p.followed_at <= m.created_at
    and (p.user_id = $3 or (u.read_receipts and (select read_receipts from user_profiles where id = $3)))
), page as (
  select * from readers
  where (followed_at, user_id) > (timestamptz 'epoch' + $4::float8 * interval '1 microsecond', $5::uuid)
  order by followed_at, user_id limit $6
)
select (select seq from message) is not null as "isThere", (select count(*) from readers)::int as count,
  user_id as id, display_name as "displayName", avatar_url as "avatarUrl",
  (extract(epoch from followed_at) * 1000000)::bigint::text as joined
from (values (1)) one left join page on true order by followed_at, user_id`,
};
