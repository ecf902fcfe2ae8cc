-- Moves a read position forward, for nodes of before migration 0017: as mark_read_2(), with the member's own position.
-- These emit what has moved, so nothing has moved where the member does not show how far it has read.
CREATE OR REPLACE FUNCTION public.mark_read(conversation uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, moved boolean)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT m.last_seq, m.own_read_seq, m.moved AND m.shows_reading FROM mark_read_2(conversation, reader, wanted) m;
END
$function$
