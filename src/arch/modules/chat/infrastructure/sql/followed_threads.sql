-- The threads that a member follows and sees, last activity first: at most page_size of those with (activity, id) < (before,
-- before_id), all of them or only those with unread replies, each with the follower's read position. Every one that is followed is
-- looked up; of those in the page's minutes the activity within the minute (ADR 12).
CREATE OR REPLACE FUNCTION public.followed_threads(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, only_unread boolean)
 RETURNS TABLE(id uuid, activity timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT c.id, c.last_seq, c.updated_at, c.active_minute
    FROM thread_followers f
    CROSS JOIN LATERAL (
      SELECT visible_from_seq FROM conversation_members
      WHERE conversation_id = f.parent_id AND user_id = reader LIMIT 1
    ) m
    CROSS JOIN LATERAL (
      SELECT * FROM conversations
      WHERE id = f.thread_id AND root_seq >= m.visible_from_seq AND deleted_at IS NULL AND active_minute <= before LIMIT 1
    ) c
    WHERE f.user_id = reader AND CASE WHEN only_unread THEN (
      SELECT h.last_seq > p.own_read_seq
      FROM (SELECT last_seq FROM conversation_heads WHERE id = f.thread_id LIMIT 1) h
      CROSS JOIN LATERAL (
        SELECT own_read_seq FROM thread_positions WHERE thread_id = f.thread_id AND user_id = reader LIMIT 1
      ) p
    ) ELSE true END
  ), oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM mine WHERE active_minute <= before - interval '1 minute'
    ORDER BY active_minute DESC OFFSET page_size - 1 LIMIT 1
  )
  SELECT mine.id, a.activity
  FROM mine
  CROSS JOIN LATERAL (
    SELECT coalesce((
      SELECT created_at FROM messages WHERE conversation_id = mine.id AND seq > mine.last_seq ORDER BY seq DESC LIMIT 1
    ), mine.updated_at) AS activity
    OFFSET 0
  ) a
  WHERE active_minute >= coalesce((SELECT active_minute FROM oldest), '-infinity')
    AND (a.activity, mine.id) < (before, before_id)
  ORDER BY a.activity DESC, mine.id DESC
  LIMIT page_size;
END
$function$
