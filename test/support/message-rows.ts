/** Kinds of reactions, and counts and users of kinds, that a message shows and that its rows do not have, or the reverse. */
export const WRONG_SUMMARIES = `
with stored as (
  select message_id, key, count(*), to_jsonb((array_agg(user_id order by created_at, user_id))[1:20]) as "userIds"
  from message_reactions group by 1, 2
), shown as (
  select id, normalize(translate(kind ->> 'emoji', chr(65038) || chr(65039), '')), (kind ->> 'count')::bigint, kind -> 'userIds'
  from messages cross join jsonb_array_elements(reactions) kind
), unshown as (select * from stored except all select * from shown),
unstored as (select * from shown except all select * from stored)
select 'stored' as found, * from unshown union all select 'shown', * from unstored`;

/** Rows that belong to a deleted message. */
export const LEFT_ROWS = `
with deleted as (select * from messages where deleted_at is not null)
select 'reaction' as found, id from deleted join message_reactions on message_id = id
union all select 'version', id from deleted join message_versions on message_id = id
union all select 'mention', id from deleted join message_mentions using (conversation_id, seq)
union all select 'pin', id from deleted join message_pins using (conversation_id, seq)`;

/** Mentions that a message shows and that are not stored, or the reverse; those of everybody have the nil UUID. */
export const WRONG_MENTIONS = `
with stored as (select conversation_id, seq, user_id from message_mentions), shown as (
  select conversation_id, seq, unnest(
    mentions || case when mentions_all then '00000000-0000-0000-0000-000000000000'::uuid end
  ) from messages
), unshown as (select * from stored except all select * from shown),
unstored as (select * from shown where unnest is not null except all select * from stored)
select 'stored' as found, * from unshown union all select 'shown', * from unstored`;
