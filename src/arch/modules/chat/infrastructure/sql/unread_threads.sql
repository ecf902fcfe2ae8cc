-- How many of the threads that a member follows have unread replies: of the last active ones, at most most, or of all. Those
-- of archived conversations do not count, nor of muted ones until their time.
CREATE OR REPLACE FUNCTION public.unread_threads(reader uuid, most integer)
 RETURNS TABLE(threads integer, capped boolean)
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
  WITH loud AS MATERIALIZED (
    SELECT c.id
    FROM thread_followers f
    CROSS JOIN LATERAL (
      SELECT * FROM conversation_members WHERE conversation_id = f.parent_id AND user_id = reader LIMIT 1
    ) m
    CROSS JOIN LATERAL (
      SELECT * FROM conversations WHERE id = f.thread_id AND root_seq >= m.visible_from_seq AND deleted_at IS NULL LIMIT 1
    ) c
    WHERE f.user_id = reader AND m.archived_at IS NULL
      AND (m.muted_until IS NULL OR m.muted_until <= clock_timestamp())
    ORDER BY c.active_minute DESC, c.id DESC
    LIMIT most::bigint + 1
  ), counted AS (
    SELECT id FROM loud LIMIT most
  )
  SELECT count(*) FILTER (WHERE h.last_seq > p.own_read_seq)::integer, (SELECT coalesce(count(*) > most, false) FROM loud)
  FROM counted
  CROSS JOIN LATERAL (SELECT last_seq FROM conversation_heads WHERE id = counted.id LIMIT 1) h
  CROSS JOIN LATERAL (
    SELECT own_read_seq FROM thread_positions WHERE thread_id = counted.id AND user_id = reader LIMIT 1
  ) p;
END
$function$
