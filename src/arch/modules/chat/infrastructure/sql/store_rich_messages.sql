-- Stores a batch of messages of which some have more than a text, or belong to a thread, for message-batch.statement.ts:
-- store_messages_3() with replies, mentions and metadata (ADR 62), and with threads (ADR 64). `extras` has null for a plain message, else {replyToId, mentions, mentionsAll,
-- metadata} as far as they were sent, without a repeated mention; `fingerprints` has the hash of all of it, null for a plain
-- message. Who is not a member is not mentioned.
-- A thread has the members and the rules of its parent; to a member who may not see its root, it is not there. After the rows
-- of the messages comes one for each thread in which some were stored: its root, under its new `rev`, in the order in
-- which the newest of them stand in the batch.
CREATE OR REPLACE FUNCTION public.store_rich_messages(conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[], fingerprints bytea[], extras jsonb[])
 RETURNS TABLE(outcome text, id uuid, content text, created_at timestamp with time zone, seq bigint, rev bigint, edited_at timestamp with time zone, deleted_at timestamp with time zone, display_name character varying, avatar_url text, retry_after_ms integer, details jsonb, root jsonb)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  parents uuid[];
  directs uuid[];
  blocked uuid[];
BEGIN
  -- A thread's id is a UUID of version 8, and its parent never changes.
  SELECT array_agg(parent_id) INTO parents FROM conversations
  WHERE id = ANY (ARRAY(SELECT id FROM unnest(conversation_ids) id WHERE get_byte(uuid_send(id), 6) >> 4 = 8));

  -- A row that is waited for is read as it is then; other tables are as they were when the statement began. A parent is
  -- locked before its threads.
  SELECT array_agg(id) FILTER (WHERE type = 'direct') INTO directs
  FROM (
    SELECT id, type FROM conversations WHERE id = ANY (conversation_ids || parents)
    ORDER BY coalesce(parent_id, id), parent_id IS NOT NULL, id FOR NO KEY UPDATE
  ) locked;

  IF directs IS NOT NULL THEN
    SELECT array_agg(id) INTO blocked FROM conversations
    WHERE id = ANY (directs) AND ((
      SELECT (blocker_id, blocked_id) = (direct_low, direct_high) FROM user_blocks
      WHERE (blocker_id, blocked_id) >= (direct_low, direct_high) ORDER BY blocker_id, blocked_id LIMIT 1
    ) OR (
      SELECT (blocker_id, blocked_id) = (direct_high, direct_low) FROM user_blocks
      WHERE (blocker_id, blocked_id) >= (direct_high, direct_low) ORDER BY blocker_id, blocked_id LIMIT 1
    ));
  END IF;

  RETURN QUERY
  WITH sent AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY place) = 1 AS leads
    FROM unnest(conversation_ids, sender_ids, ids, contents, client_message_ids, fingerprints, extras)
      WITH ORDINALITY AS s (conversation_id, sender_id, id, content, client_message_id, fingerprint, extras, place)
  ), seen AS MATERIALIZED (
    SELECT s.*, coalesce(s.fingerprint, sha256(convert_to(s.content, 'UTF8'))) AS sha256,
      c.home_id, c.root_seq, c.slow_mode_seconds,
      c.deleted_at IS NOT NULL OR coalesce(m.visible_from_seq > c.root_seq, false) AS gone,
      h.last_seq AS head_seq, h.rev AS head_rev, h.updated_at AS head_at, h.active_minute AS head_minute,
      u.id IS NOT NULL AS member, m.sees_from AS visible_from_seq, u.display_name, u.avatar_url,
      e.id AS earlier_id, e.content AS earlier_content, e.content_sha256 AS earlier_sha256, e.created_at, e.seq, e.rev,
      e.edited_at, e.deleted_at, t.seq AS target_seq, n.allowed_at,
      -- What holds for all messages comes before what is wrong with this one.
      CASE
        WHEN m.role = 'member' AND c.posting = 'admins' THEN 'posting restricted'
        WHEN n.allowed_at > clock_timestamp() THEN 'slow mode'
        WHEN c.home_id = ANY (blocked) THEN 'user not reachable'
      END AS refusal,
      CASE
        WHEN s.extras ? 'replyToId' AND t.seq IS NULL THEN 'message not found'
        WHEN s.extras ? 'mentionsAll' AND m.role = 'member' AND c.type <> 'direct' THEN 'cannot mention all'
      END AS fault
    FROM sent s
    LEFT JOIN LATERAL (
      SELECT coalesce(p.id, t.id) AS home_id, t.root_seq, coalesce(p.type, t.type) AS type,
        coalesce(p.posting, t.posting) AS posting, coalesce(p.slow_mode_seconds, t.slow_mode_seconds) AS slow_mode_seconds,
        coalesce(p.deleted_at, t.deleted_at) AS deleted_at
      FROM (SELECT * FROM conversations WHERE id = s.conversation_id LIMIT 1) t
      LEFT JOIN LATERAL (SELECT * FROM conversations WHERE id = t.parent_id LIMIT 1) p ON true
    ) c ON true
    LEFT JOIN LATERAL (
      SELECT * FROM conversation_heads WHERE s.leads AND id = s.conversation_id LIMIT 1
    ) h ON true
    -- As in store_messages_3(): the first at the key or after, in an order that one index alone has.
    LEFT JOIN LATERAL (
      SELECT *, CASE WHEN c.root_seq IS NULL THEN visible_from_seq ELSE 1 END AS sees_from FROM conversation_members
      WHERE (conversation_id, user_id) >= (c.home_id, s.sender_id)
      ORDER BY conversation_id, user_id LIMIT 1
    ) m ON m.conversation_id = c.home_id AND m.user_id = s.sender_id
    LEFT JOIN LATERAL (SELECT * FROM user_profiles WHERE id = m.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM messages
      WHERE s.client_message_id IS NOT NULL
        AND (conversation_id, sender_id, client_message_id) >= (s.conversation_id, s.sender_id, s.client_message_id)
      ORDER BY conversation_id, sender_id, client_message_id LIMIT 1
    ) e ON u.id IS NOT NULL AND e.conversation_id = s.conversation_id AND e.sender_id = s.sender_id
      AND e.client_message_id = s.client_message_id
    LEFT JOIN LATERAL (
      SELECT conversation_id, seq FROM messages WHERE id = (s.extras->>'replyToId')::uuid LIMIT 1
    ) t ON t.conversation_id = s.conversation_id AND t.seq >= m.sees_from
    -- From when on slow mode allows the sender another message. A reply waits for what the sender has sent to the parent
    -- or to any thread of it: of those, a thread in which it was less than the interval ago is active in that time.
    LEFT JOIN LATERAL (
      SELECT coalesce(greatest((
        SELECT created_at FROM messages
        WHERE conversation_id = c.home_id AND sender_id BETWEEN s.sender_id AND s.sender_id
        ORDER BY sender_id DESC, seq DESC LIMIT 1
      ), (
        SELECT max(r.created_at)
        FROM (
          SELECT id FROM conversations
          WHERE c.root_seq IS NOT NULL AND parent_id BETWEEN c.home_id AND c.home_id
            AND active_minute >= clock_timestamp() - (c.slow_mode_seconds + 60) * interval '1 second'
          ORDER BY parent_id DESC, active_minute DESC
        ) a
        CROSS JOIN LATERAL (
          SELECT created_at FROM messages
          WHERE conversation_id = a.id AND sender_id BETWEEN s.sender_id AND s.sender_id
          ORDER BY sender_id DESC, seq DESC LIMIT 1
        ) r
      )) + c.slow_mode_seconds * interval '1 second', '-infinity') AS allowed_at
      WHERE m.role = 'member' AND c.slow_mode_seconds > 0
      LIMIT 1
    ) n ON true
  ), judged AS MATERIALIZED (
    -- In slow mode the sender's first message that can be stored closes the way for those behind it; in the parent, for
    -- those in threads as well.
    SELECT *, coalesce(refusal, CASE WHEN place > CASE WHEN root_seq IS NULL
        THEN min(place) FILTER (WHERE closes) OVER (PARTITION BY conversation_id, sender_id)
        ELSE min(place) FILTER (WHERE closes) OVER (PARTITION BY home_id, sender_id)
      END THEN 'slow mode' END, fault) AS refused
    FROM (
      SELECT *, allowed_at IS NOT NULL AND NOT gone AND earlier_id IS NULL AND refusal IS NULL AND fault IS NULL AS closes
      FROM seen
    ) s
  ), numbered AS MATERIALIZED (
    SELECT *,
      first_value(head_seq) OVER so_far + count(*) FILTER (WHERE fresh) OVER so_far AS new_seq,
      first_value(head_rev) OVER so_far + count(*) FILTER (WHERE fresh) OVER so_far AS new_rev,
      greatest(clock_timestamp(), first_value(head_at) OVER so_far) AS stored_at
    FROM (SELECT *, member AND NOT gone AND earlier_id IS NULL AND refused IS NULL AS fresh FROM judged) j
    WINDOW so_far AS (PARTITION BY conversation_id ORDER BY place)
  ), told AS MATERIALIZED (
    SELECT n.place, w.user_id, w.position
    FROM numbered n
    CROSS JOIN LATERAL (
      SELECT value::uuid AS user_id, position
      FROM jsonb_array_elements_text(n.extras->'mentions') WITH ORDINALITY AS w (value, position)
    ) w
    CROSS JOIN LATERAL (
      SELECT conversation_id, user_id, visible_from_seq FROM conversation_members
      WHERE (conversation_id, user_id) >= (n.home_id, w.user_id)
      ORDER BY conversation_id, user_id LIMIT 1
    ) k
    WHERE n.fresh AND k.conversation_id = n.home_id AND k.user_id = w.user_id
      AND (n.root_seq IS NULL OR k.visible_from_seq <= n.root_seq)
  ), rich AS MATERIALIZED (
    SELECT n.*, CASE WHEN fresh AND extras IS NOT NULL THEN jsonb_populate_record(NULL::messages, jsonb_strip_nulls(
        jsonb_build_object('conversation_id', conversation_id, 'reply_to_seq', target_seq,
          'mentions', (SELECT jsonb_agg(user_id ORDER BY position) FROM told WHERE place = n.place),
          'mentions_all', extras->'mentionsAll')
      ) || jsonb_build_object('metadata', extras->'metadata')) END AS made
    FROM numbered n
  ), stored AS (
    INSERT INTO messages (id, conversation_id, sender_id, content, created_at, seq, rev, client_message_id, content_sha256,
      reply_to_seq, mentions, mentions_all, metadata)
    SELECT id, conversation_id, sender_id, content, stored_at, new_seq, new_rev, client_message_id, sha256,
      (made).reply_to_seq, (made).mentions, (made).mentions_all, extras->'metadata'
    FROM rich WHERE fresh
  ), mentioned AS (
    INSERT INTO message_mentions (conversation_id, user_id, seq, created_at)
    SELECT conversation_id, unnest((made).mentions), new_seq, stored_at FROM rich
    UNION ALL
    SELECT conversation_id, '00000000-0000-0000-0000-000000000000', new_seq, stored_at FROM rich WHERE (made).mentions_all
  ), due AS MATERIALIZED (
    SELECT conversation_id, max(new_seq) AS seq, max(new_rev) AS rev, max(stored_at) AS stored_at
    FROM numbered GROUP BY 1
    HAVING bool_or(fresh) AND max(stored_at) >= max(head_minute) + interval '1 minute'
  ), minutes AS (
    -- One update of a conversation, however many of its messages are stored: of two in one statement, one would be lost.
    UPDATE conversations c
    SET (last_seq, rev, updated_at) = (SELECT seq, rev, stored_at FROM due WHERE conversation_id = c.id)
    WHERE id = ANY (ARRAY(SELECT conversation_id FROM due))
  )
  SELECT
    CASE
      WHEN new_seq IS NULL OR gone THEN 'conversation not found'
      WHEN NOT member THEN 'not a member'
      WHEN fresh THEN 'stored'
      WHEN earlier_id IS NULL THEN refused
      WHEN earlier_sha256 IN (sha256, '') THEN 'duplicate'
      ELSE 'client message id reused'
    END,
    earlier_id, earlier_content,
    CASE WHEN fresh THEN stored_at ELSE created_at END,
    CASE WHEN fresh THEN new_seq ELSE seq END,
    CASE WHEN fresh THEN new_rev ELSE rev END,
    edited_at, deleted_at, display_name, avatar_url,
    CASE WHEN earlier_id IS NULL AND refused = 'slow mode' THEN (1000 * CASE
      WHEN refusal IS NULL THEN slow_mode_seconds
      ELSE least(slow_mode_seconds, extract(epoch FROM allowed_at - clock_timestamp()))
    END)::integer END,
    CASE
      -- As everybody sees it; a repeat, as its sender does.
      WHEN made IS DISTINCT FROM NULL THEN message_details(made, 1)
      WHEN earlier_id IS NOT NULL THEN (
        SELECT message_details(e, visible_from_seq) FROM messages e
        WHERE e.id = earlier_id AND num_nonnulls(
          e.reply_to_seq, e.mentions, e.mentions_all, e.reactions, e.pinned_at, e.deleted_by, e.metadata, e.thread_id
        ) > 0
      )
    END,
    NULL::jsonb
  FROM rich
  ORDER BY place;

  IF parents IS NULL THEN RETURN; END IF;

  -- A statement of its own sees the messages that the one before has stored, and the `rev` that those of the parent have taken.
  RETURN QUERY
  WITH replies AS MATERIALIZED (
    SELECT s.place, r.conversation_id AS thread_id, r.sender_id, r.seq, r.mentions, c.parent_id, c.root_seq
    FROM unnest(ids) WITH ORDINALITY AS s (id, place)
    CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = s.id LIMIT 1) r
    CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = r.conversation_id AND parent_id IS NOT NULL LIMIT 1) c
  ), steps AS MATERIALIZED (
    SELECT t.*, o.id AS root_id, o.sender_id, h.rev + row_number() OVER (PARTITION BY parent_id ORDER BY place) AS rev
    FROM (
      SELECT thread_id, parent_id, root_seq, max(place) AS place, min(seq) AS first_seq FROM replies GROUP BY 1, 2, 3
    ) t
    CROSS JOIN LATERAL (SELECT rev FROM conversation_heads WHERE id = t.parent_id LIMIT 1) h
    CROSS JOIN LATERAL (
      SELECT id, sender_id FROM messages
      WHERE conversation_id = t.parent_id AND seq >= t.root_seq ORDER BY seq LIMIT 1
    ) o
  ), following AS MATERIALIZED (
    SELECT thread_id, parent_id, sender_id AS user_id, seq FROM replies
    UNION ALL
    SELECT thread_id, parent_id, unnest(mentions), seq FROM replies
    UNION ALL
    SELECT s.thread_id, s.parent_id, s.sender_id, 1 FROM steps s
    CROSS JOIN LATERAL (
      SELECT * FROM conversation_members
      WHERE (conversation_id, user_id) >= (s.parent_id, s.sender_id)
      ORDER BY conversation_id, user_id LIMIT 1
    ) m
    WHERE s.first_seq = 1 AND m.conversation_id = s.parent_id AND m.user_id = s.sender_id
      AND m.visible_from_seq <= s.root_seq
  ), followed AS (
    INSERT INTO thread_followers (thread_id, parent_id, user_id, last_read_seq)
    SELECT thread_id, parent_id, user_id, min(seq) - 1 FROM following GROUP BY 1, 2, 3
    ON CONFLICT DO NOTHING
  ), moved AS (
    UPDATE messages m SET rev = s.rev FROM steps s WHERE m.id = s.root_id
    RETURNING s.place, jsonb_build_object('id', m.id, 'conversationId', m.conversation_id, 'senderId', m.sender_id,
      'content', m.content, 'createdAt', m.created_at, 'seq', m.seq, 'rev', m.rev, 'clientMessageId', m.client_message_id,
      'editedAt', m.edited_at, 'deletedAt', m.deleted_at, 'details', message_details(m, 1),
      'sender', (
        SELECT jsonb_build_object('id', id, 'displayName', display_name, 'avatarUrl', avatar_url)
        FROM user_profiles WHERE id = m.sender_id
      )) AS root
  )
  SELECT 'thread moved', NULL::uuid, NULL, NULL::timestamptz, NULL::bigint, NULL::bigint, NULL::timestamptz,
    NULL::timestamptz, NULL::varchar, NULL, NULL::integer, NULL::jsonb, root
  FROM moved ORDER BY place;
END
$function$
