-- The threads of a conversation that begin at visible_from or later, last activity first: at most page_size of those with
-- (activity, id) < (before, before_id). Read are those of the page's minutes, however many there are.
CREATE OR REPLACE FUNCTION public.threads_of_conversation(conversation uuid, page_size integer, before timestamp with time zone, before_id uuid, visible_from bigint)
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
  WITH oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM conversations
    WHERE parent_id BETWEEN conversation AND conversation AND active_minute <= before - interval '1 minute'
      AND root_seq >= visible_from AND deleted_at IS NULL
    ORDER BY parent_id DESC, active_minute DESC OFFSET page_size - 1 LIMIT 1
  ), recent AS MATERIALIZED (
    -- An order that one index alone has.
    SELECT id, last_seq, updated_at FROM conversations
    WHERE parent_id BETWEEN conversation AND conversation AND active_minute <= before
      AND active_minute >= coalesce((SELECT active_minute FROM oldest), '-infinity')
      AND root_seq >= visible_from AND deleted_at IS NULL
    ORDER BY parent_id DESC, active_minute DESC
  )
  SELECT recent.id, a.activity
  FROM recent
  CROSS JOIN LATERAL (
    SELECT coalesce((
      SELECT created_at FROM messages WHERE conversation_id = recent.id AND seq > recent.last_seq ORDER BY seq DESC LIMIT 1
    ), recent.updated_at) AS activity
    OFFSET 0
  ) a
  WHERE (a.activity, recent.id) < (before, before_id)
  ORDER BY a.activity DESC, recent.id DESC
  LIMIT page_size;
END
$function$
