-- How many messages of a conversation after one mention the reader, or everybody; at most 100 are counted. There is no
-- counter, so none can be wrong.
CREATE OR REPLACE FUNCTION public.mention_count(conversation uuid, reader uuid, after bigint)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
BEGIN
  RETURN (
    SELECT count(*) FROM (
      (
        SELECT seq FROM message_mentions
        WHERE conversation_id = conversation AND user_id = reader AND seq > after ORDER BY seq LIMIT 100
      ) UNION (
        SELECT seq FROM message_mentions
        WHERE conversation_id = conversation AND user_id = '00000000-0000-0000-0000-000000000000' AND seq > after
        ORDER BY seq LIMIT 100
      ) LIMIT 100
    ) found
  );
END
$function$
