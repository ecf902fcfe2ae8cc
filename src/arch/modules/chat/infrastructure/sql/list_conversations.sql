-- A page of conversations_of_member(), each conversation with its last message, for conversation-list.reader.ts.
CREATE OR REPLACE FUNCTION public.list_conversations(reader uuid, page_size integer, before timestamp with time zone, before_id uuid)
 RETURNS TABLE(id uuid, created_by uuid, title character varying, created_at timestamp with time zone, updated_at timestamp with time zone, last_seq bigint, rev bigint, member_count integer, activity text, role character varying, joined_at timestamp with time zone, last_read_seq bigint, message_id uuid, message_created_at timestamp with time zone, message_seq bigint, message_rev bigint, content text, client_message_id character varying, edited_at timestamp with time zone, deleted_at timestamp with time zone, sender_id uuid, display_name character varying, avatar_url text)
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
  SELECT
    c.id, c.created_by, c.title, c.created_at, c.updated_at,
    c.last_seq, c.rev, c.member_count, (extract(epoch FROM c.updated_at) * 1000000)::bigint::text,
    m.role, m.joined_at, m.last_read_seq,
    l.id, l.created_at, l.seq, l.rev, l.content,
    l.client_message_id, l.edited_at, l.deleted_at,
    u.id, u.display_name, u.avatar_url
  FROM conversations_of_member(reader, page_size, before, before_id) p
  -- LIMIT keeps these look-ups for each conversation of the page: as joins they would read all memberships first.
  CROSS JOIN LATERAL (SELECT * FROM conversation_heads WHERE id = p.id LIMIT 1) c
  CROSS JOIN LATERAL (SELECT * FROM member_positions WHERE conversation_id = p.id AND user_id = reader LIMIT 1) m
  LEFT JOIN LATERAL (
    -- `seq = c.last_seq` could use any index that begins with the conversation; this order only one.
    SELECT * FROM messages WHERE conversation_id = p.id ORDER BY seq DESC LIMIT 1
  ) l ON true
  LEFT JOIN user_profiles u ON u.id = l.sender_id
  ORDER BY p.activity DESC, p.id DESC;
END
$function$
