-- Stores reactions that were decided on together, behind the conversation's lock; each message, key and user at most once.
-- Every message that changes takes one `rev`, in the order of the first change of each. Its summary is written once,
-- whatever has changed: two changes of one row in one statement would lose one of them silently. Only the kinds that
-- change are counted again, from the rows, in a statement of its own, which sees what the earlier ones have done.
CREATE OR REPLACE FUNCTION react(conversation uuid, message_ids uuid[], user_ids uuid[], keys text[], emojis text[], adds boolean[])
 RETURNS TABLE(message_id uuid, rev bigint, transaction text)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  began timestamptz := clock_timestamp();
BEGIN
  DELETE FROM message_reactions r
  USING unnest(message_ids, keys, user_ids, adds) s (message_id, key, user_id, added)
  WHERE NOT s.added AND (r.message_id, r.key, r.user_id) = (s.message_id, s.key, s.user_id);

  INSERT INTO message_reactions (message_id, key, user_id, emoji, created_at)
  SELECT s.message_id, s.key, s.user_id, s.emoji, began + s.place * interval '1 microsecond'
  FROM unnest(message_ids, keys, user_ids, emojis, adds)
    WITH ORDINALITY s (message_id, key, user_id, emoji, added, place)
  WHERE s.added;

  RETURN QUERY
  WITH touched AS MATERIALIZED (
    SELECT s.message_id, s.key, s.emoji, min(s.place) AS place
    FROM unnest(message_ids, keys, emojis) WITH ORDINALITY s (message_id, key, emoji, place) GROUP BY 1, 2, 3
  ), counted AS MATERIALIZED (
    SELECT t.message_id, t.emoji, t.place, r.count, r.user_ids
    FROM touched t CROSS JOIN LATERAL (
      SELECT count(*), to_jsonb((array_agg(user_id ORDER BY created_at, user_id))[1:20]) AS user_ids
      FROM message_reactions WHERE message_id = t.message_id AND key = t.key
    ) r
  ), steps AS MATERIALIZED (
    SELECT t.message_id, h.rev + row_number() OVER (ORDER BY min(t.place)) AS rev
    FROM touched t CROSS JOIN (SELECT rev FROM conversation_heads WHERE id = conversation) h GROUP BY t.message_id, h.rev
  )
  UPDATE messages m SET rev = steps.rev, reactions = (
    SELECT jsonb_agg(kind ORDER BY earlier, later) FROM (
      SELECT k.kind, k.place AS earlier, NULL::bigint AS later
      FROM jsonb_array_elements(m.reactions) WITH ORDINALITY k (kind, place)
      WHERE NOT EXISTS (SELECT FROM counted c WHERE c.message_id = m.id AND c.emoji = k.kind->>'emoji')
      UNION ALL
      SELECT jsonb_build_object('emoji', c.emoji, 'count', c.count, 'userIds', c.user_ids), k.place, c.place
      FROM counted c
      LEFT JOIN jsonb_array_elements(m.reactions) WITH ORDINALITY k (kind, place) ON k.kind->>'emoji' = c.emoji
      WHERE c.message_id = m.id AND c.count > 0
    ) kinds
  )
  FROM steps WHERE m.id = steps.message_id
  RETURNING m.id, m.rev, pg_current_xact_id()::text;
END
$function$;
