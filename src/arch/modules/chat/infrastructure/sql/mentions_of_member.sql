-- The visible messages that mention the reader, or everybody, in the conversations of which the reader is a member and in
-- the threads that the reader follows, newest first: at most page_size of those with
-- (created_at, conversation_id, seq) < (before, before_id, before_seq). In each conversation two look-ups find the newest ones.
CREATE OR REPLACE FUNCTION public.mentions_of_member(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, before_seq bigint)
 RETURNS TABLE(conversation_id uuid, seq bigint, created_at timestamp with time zone, visible_from_seq bigint)
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
  SELECT * FROM (
    SELECT f.conversation_id, f.seq, f.created_at, m.visible_from_seq
    FROM conversation_members m
    -- When the first visible message was sent: what is hidden was sent before, and is not read to be left out.
    CROSS JOIN LATERAL (
      SELECT CASE WHEN m.visible_from_seq = 1 THEN '-infinity' ELSE (
        SELECT created_at FROM messages
        WHERE conversation_id = m.conversation_id AND seq >= m.visible_from_seq ORDER BY seq LIMIT 1
      ) END AS visible_from OFFSET 0
    ) v
    CROSS JOIN LATERAL (
      (
        SELECT conversation_id, seq, created_at FROM message_mentions
        WHERE user_id = reader AND conversation_id = m.conversation_id
          AND created_at <= before AND created_at >= v.visible_from
          AND seq >= m.visible_from_seq AND (created_at, conversation_id, seq) < (before, before_id, before_seq)
        ORDER BY user_id DESC, conversation_id DESC, created_at DESC, seq DESC LIMIT page_size
      ) UNION (
        SELECT conversation_id, seq, created_at FROM message_mentions
        WHERE user_id = '00000000-0000-0000-0000-000000000000' AND conversation_id = m.conversation_id
          AND created_at <= before AND created_at >= v.visible_from
          AND seq >= m.visible_from_seq AND (created_at, conversation_id, seq) < (before, before_id, before_seq)
        ORDER BY user_id DESC, conversation_id DESC, created_at DESC, seq DESC LIMIT page_size
      )
    ) f
    WHERE m.user_id = reader
    UNION ALL
    SELECT f.conversation_id, f.seq, f.created_at, 1
    FROM thread_followers t
    CROSS JOIN LATERAL (SELECT root_seq FROM conversations WHERE id = t.thread_id LIMIT 1) c
    CROSS JOIN LATERAL (
      SELECT conversation_id, user_id FROM conversation_members
      WHERE conversation_id = t.parent_id AND user_id = reader AND visible_from_seq <= c.root_seq LIMIT 1
    ) m
    CROSS JOIN LATERAL (
      (
        SELECT conversation_id, seq, created_at FROM message_mentions
        WHERE user_id = reader AND conversation_id = t.thread_id
          AND created_at <= before AND (created_at, conversation_id, seq) < (before, before_id, before_seq)
        ORDER BY user_id DESC, conversation_id DESC, created_at DESC, seq DESC LIMIT page_size
      ) UNION (
        SELECT conversation_id, seq, created_at FROM message_mentions
        WHERE user_id = '00000000-0000-0000-0000-000000000000' AND conversation_id = t.thread_id
          AND created_at <= before AND (created_at, conversation_id, seq) < (before, before_id, before_seq)
        ORDER BY user_id DESC, conversation_id DESC, created_at DESC, seq DESC LIMIT page_size
      )
    ) f
    WHERE t.user_id = reader
  ) found
  ORDER BY created_at DESC, conversation_id DESC, seq DESC
  LIMIT page_size;
END
$function$
