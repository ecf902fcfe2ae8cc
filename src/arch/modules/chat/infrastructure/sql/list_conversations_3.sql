-- A page of conversations_of_member_2(), each conversation with its last message, for conversation-list.reader.ts.
CREATE OR REPLACE FUNCTION public.list_conversations_3(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, of_type character varying, archived boolean, pinned boolean)
 RETURNS TABLE(id uuid, created_by uuid, title character varying, created_at timestamp with time zone, updated_at timestamp with time zone, last_seq bigint, rev bigint, member_count integer, type character varying, metadata jsonb, posting character varying, adding character varying, slow_mode_seconds integer, activity text, role character varying, joined_at timestamp with time zone, own_read_seq bigint, visible_from_seq bigint, notify character varying, muted_until timestamp with time zone, pinned_at timestamp with time zone, archived_at timestamp with time zone, version bigint, mention_count integer, message_id uuid, message_created_at timestamp with time zone, message_seq bigint, message_rev bigint, content text, client_message_id character varying, edited_at timestamp with time zone, deleted_at timestamp with time zone, details jsonb, sender_id uuid, display_name character varying, avatar_url text, other_id uuid, other_display_name character varying, other_avatar_url text)
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
    c.last_seq, c.rev, c.member_count, c.type, c.metadata, c.posting, c.adding, c.slow_mode_seconds,
    (extract(epoch FROM c.updated_at) * 1000000)::bigint::text,
    m.role, m.joined_at, m.own_read_seq, m.visible_from_seq, m.notify, m.muted_until, m.pinned_at, m.archived_at, m.version,
    CASE WHEN c.last_seq > greatest(m.own_read_seq, m.visible_from_seq - 1)
      THEN mention_count(p.id, reader, greatest(m.own_read_seq, m.visible_from_seq - 1)) ELSE 0 END,
    l.id, l.created_at, l.seq, l.rev, l.content,
    l.client_message_id, l.edited_at, l.deleted_at, l.details,
    u.id, u.display_name, u.avatar_url,
    o.id, o.display_name, o.avatar_url
  FROM conversations_of_member_2(reader, page_size, before, before_id, of_type, archived, pinned) p
  -- LIMIT keeps these look-ups for each conversation of the page: as joins they would read all memberships first.
  CROSS JOIN LATERAL (SELECT * FROM conversation_heads WHERE id = p.id LIMIT 1) c
  CROSS JOIN LATERAL (SELECT * FROM member_positions WHERE conversation_id = p.id AND user_id = reader LIMIT 1) m
  LEFT JOIN LATERAL (
    -- `seq = c.last_seq` could use any index that begins with the conversation; this order only one.
    SELECT n.*, CASE WHEN num_nonnulls(
      n.reply_to_seq, n.mentions, n.mentions_all, n.reactions, n.pinned_at, n.deleted_by, n.metadata, n.thread_id
    ) > 0 THEN message_details(n, m.visible_from_seq) END AS details
    FROM messages n WHERE conversation_id = p.id AND seq >= m.visible_from_seq ORDER BY seq DESC LIMIT 1
  ) l ON true
  LEFT JOIN user_profiles u ON u.id = l.sender_id
  -- Of a direct conversation the other member; oneself in notes to oneself.
  LEFT JOIN user_profiles o ON o.id = CASE c.direct_low WHEN reader THEN c.direct_high ELSE c.direct_low END
  ORDER BY p.activity DESC, p.id DESC;
END
$function$
