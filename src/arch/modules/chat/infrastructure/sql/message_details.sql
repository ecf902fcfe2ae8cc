-- What a message has besides its text, as a reader is shown it who sees the conversation from `visible_from` on; null when
-- the message is deleted and has nothing, or is plain. Of a target that the reader does not see, only the id and the place.
CREATE OR REPLACE FUNCTION public.message_details(m messages, visible_from bigint)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'replyTo', (
      -- `seq = m.reply_to_seq` could use any index that begins with the conversation; this order only one.
      SELECT jsonb_build_object('id', t.id, 'seq', t.seq) || CASE WHEN t.seq >= visible_from
        THEN jsonb_build_object('senderId', t.sender_id, 'excerpt', left(t.content, 200), 'deletedAt', t.deleted_at)
        ELSE '{}' END
      FROM messages t
      WHERE t.conversation_id = m.conversation_id AND t.seq >= m.reply_to_seq ORDER BY t.seq LIMIT 1
    ),
    'mentions', to_jsonb(m.mentions), 'mentionsAll', m.mentions_all, 'reactions', m.reactions,
    'pinnedAt', m.pinned_at, 'pinnedBy', m.pinned_by, 'deletedBy', m.deleted_by,
    'thread', CASE WHEN m.thread_id IS NOT NULL THEN (
      SELECT jsonb_build_object('id', id, 'replyCount', last_seq, 'lastReplyAt', CASE WHEN last_seq > 0 THEN updated_at END)
      FROM conversation_heads WHERE id = m.thread_id
    ) END
  )) || CASE WHEN m.metadata IS NULL THEN '{}' ELSE jsonb_build_object('metadata', m.metadata) END
$function$
