-- Stores a batch of messages in one call and one commit, for message-batch.statement.ts. Messages are numbered by the
-- newest rows (conversation_heads), not by counters that every message moves (ADR 29); the conversation's row keeps up once a
-- minute, with the minute's first message. Every statement of a volatile function takes a new snapshot (PostgreSQL manual,
-- 36.7): the first one takes the conversations' locks, the second sees whatever was committed before. The batch never holds
-- the same conversation, sender and client message id twice: the caller sees to it.
-- Of what a message may have besides its text, only a repeat returns something: store_rich_messages() stores it.
-- A batch with a conversation that is restricted, in slow mode, blocked or deleted looks up, between the two, what is refused
-- (ADR 50).
CREATE OR REPLACE FUNCTION public.store_messages_3(conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[])
 RETURNS TABLE(outcome text, id uuid, content text, created_at timestamp with time zone, seq bigint, rev bigint, edited_at timestamp with time zone, deleted_at timestamp with time zone, display_name character varying, avatar_url text, retry_after_ms integer, details jsonb)
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
  guarded boolean;
  directs uuid[];
  blocked uuid[];
  refusals text[];
  waits integer[];
BEGIN
  -- A row that is waited for is read as it is then; other tables are as they were when the statement began.
  SELECT bool_or(posting <> 'all' OR slow_mode_seconds > 0 OR deleted_at IS NOT NULL),
    array_agg(id) FILTER (WHERE type = 'direct')
  INTO guarded, directs
  FROM (
    SELECT id, posting, slow_mode_seconds, deleted_at, type FROM conversations
    WHERE id = ANY (conversation_ids) ORDER BY id FOR NO KEY UPDATE
  ) locked;

  -- A block locks the row of the direct conversation as well, so this statement sees it. Blocks of either side are sought as
  -- the first at their key or after, as members are below.
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

  IF guarded OR blocked IS NOT NULL THEN
    WITH judged AS MATERIALIZED (
      SELECT place, s.conversation_id, s.sender_id, c.slow_mode_seconds, n.allowed_at, CASE
          WHEN c.deleted_at IS NOT NULL THEN 'conversation not found'
          WHEN m.role = 'member' AND c.posting = 'admins' THEN 'posting restricted'
          WHEN n.allowed_at > clock_timestamp() THEN 'slow mode'
          WHEN s.conversation_id = ANY (blocked) THEN 'user not reachable'
        END AS refusal, e.client_message_id IS NOT NULL AS repeated
      FROM unnest(conversation_ids, sender_ids, client_message_ids)
        WITH ORDINALITY AS s (conversation_id, sender_id, client_message_id, place)
      LEFT JOIN LATERAL (SELECT * FROM conversations WHERE id = s.conversation_id LIMIT 1) c ON true
      LEFT JOIN LATERAL (
        SELECT * FROM conversation_members
        WHERE (c.posting <> 'all' OR c.slow_mode_seconds > 0)
          AND (conversation_id, user_id) >= (s.conversation_id, s.sender_id)
        ORDER BY conversation_id, user_id LIMIT 1
      ) m ON m.conversation_id = s.conversation_id AND m.user_id = s.sender_id
      -- From when on slow mode allows the sender another message; and whether this one is stored already.
      LEFT JOIN LATERAL (
        SELECT coalesce((
          SELECT created_at FROM messages
          WHERE conversation_id = s.conversation_id AND sender_id BETWEEN s.sender_id AND s.sender_id
          ORDER BY sender_id DESC, seq DESC LIMIT 1
        ) + c.slow_mode_seconds * interval '1 second', '-infinity') AS allowed_at
        WHERE m.role = 'member' AND c.slow_mode_seconds > 0
        LIMIT 1
      ) n ON true
      LEFT JOIN LATERAL (
        SELECT conversation_id, sender_id, client_message_id FROM messages
        WHERE n.allowed_at IS NOT NULL AND s.client_message_id IS NOT NULL
          AND (conversation_id, sender_id, client_message_id) >= (s.conversation_id, s.sender_id, s.client_message_id)
        ORDER BY conversation_id, sender_id, client_message_id LIMIT 1
      ) e ON e.conversation_id = s.conversation_id AND e.sender_id = s.sender_id
        AND e.client_message_id = s.client_message_id
    ), firsts AS MATERIALIZED (
      SELECT min(place) AS place FROM judged
      WHERE allowed_at IS NOT NULL AND refusal IS NULL AND NOT repeated GROUP BY conversation_id, sender_id
    )
    SELECT array_agg(refused ORDER BY place), array_agg(CASE WHEN refused = 'slow mode' THEN 1000 * CASE
        WHEN refusal IS NULL THEN slow_mode_seconds
        ELSE least(slow_mode_seconds, extract(epoch FROM allowed_at - clock_timestamp()))
      END END ORDER BY place)
    INTO refusals, waits
    FROM (
      SELECT *, coalesce(refusal, CASE
        WHEN allowed_at IS NOT NULL AND place NOT IN (SELECT place FROM firsts) THEN 'slow mode'
      END) AS refused
      FROM judged
    ) j;
  END IF;

  RETURN QUERY
  WITH sent AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY place) = 1 AS leads
    FROM unnest(conversation_ids, sender_ids, ids, contents, client_message_ids)
      WITH ORDINALITY AS s (conversation_id, sender_id, id, content, client_message_id, place)
  ), seen AS MATERIALIZED (
    SELECT s.*, sha256(convert_to(s.content, 'UTF8')) AS sha256,
      h.last_seq AS head_seq, h.rev AS head_rev, h.updated_at AS head_at, h.active_minute AS head_minute,
      u.id IS NOT NULL AS member, m.visible_from_seq, u.display_name, u.avatar_url,
      e.id AS earlier_id, e.content AS earlier_content, e.content_sha256 AS earlier_sha256, e.created_at, e.seq, e.rev,
      e.edited_at, e.deleted_at,
      u.id IS NOT NULL AND e.id IS NULL AND refusals[place::integer] IS NULL AS fresh
    FROM sent s
    -- Members and earlier messages are sought as the first at their keys or after: one index alone has that order, so
    -- this one is used whatever the planner believes of the tables; with `=` it may walk another with the same beginning.
    LEFT JOIN LATERAL (
      SELECT * FROM conversation_heads WHERE s.leads AND id = s.conversation_id LIMIT 1
    ) h ON true
    LEFT JOIN LATERAL (
      SELECT conversation_id, user_id, visible_from_seq FROM conversation_members
      WHERE (conversation_id, user_id) >= (s.conversation_id, s.sender_id)
      ORDER BY conversation_id, user_id LIMIT 1
    ) m ON m.conversation_id = s.conversation_id AND m.user_id = s.sender_id
    LEFT JOIN LATERAL (SELECT * FROM user_profiles WHERE id = m.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM messages
      WHERE s.client_message_id IS NOT NULL
        AND (conversation_id, sender_id, client_message_id) >= (s.conversation_id, s.sender_id, s.client_message_id)
      ORDER BY conversation_id, sender_id, client_message_id LIMIT 1
    ) e ON u.id IS NOT NULL AND e.conversation_id = s.conversation_id AND e.sender_id = s.sender_id
      AND e.client_message_id = s.client_message_id
  ), numbered AS MATERIALIZED (
    SELECT *,
      first_value(head_seq) OVER so_far + count(*) FILTER (WHERE fresh) OVER so_far AS new_seq,
      first_value(head_rev) OVER so_far + count(*) FILTER (WHERE fresh) OVER so_far AS new_rev,
      greatest(clock_timestamp(), first_value(head_at) OVER so_far) AS stored_at
    FROM seen
    WINDOW so_far AS (PARTITION BY conversation_id ORDER BY place)
  ), stored AS (
    INSERT INTO messages (id, conversation_id, sender_id, content, created_at, seq, rev, client_message_id, content_sha256)
    SELECT id, conversation_id, sender_id, content, stored_at, new_seq, new_rev, client_message_id, sha256
    FROM numbered WHERE fresh
  ), due AS MATERIALIZED (
    SELECT conversation_id, max(new_seq) AS seq, max(new_rev) AS rev, max(stored_at) AS stored_at
    FROM numbered GROUP BY 1
    HAVING bool_or(fresh) AND max(stored_at) >= max(head_minute) + interval '1 minute'
  ), minutes AS (
    UPDATE conversations c
    SET (last_seq, rev, updated_at) = (SELECT seq, rev, stored_at FROM due WHERE conversation_id = c.id)
    WHERE id = ANY (ARRAY(SELECT conversation_id FROM due))
  )
  SELECT
    CASE
      WHEN new_seq IS NULL OR refusals[place::integer] = 'conversation not found' THEN 'conversation not found'
      WHEN NOT member THEN 'not a member'
      WHEN fresh THEN 'stored'
      WHEN earlier_id IS NULL THEN refusals[place::integer]
      -- A deleted message has an empty hash: whatever it was, it is answered.
      WHEN earlier_sha256 IN (sha256, '') THEN 'duplicate'
      ELSE 'client message id reused'
    END,
    earlier_id, earlier_content,
    CASE WHEN fresh THEN stored_at ELSE created_at END,
    CASE WHEN fresh THEN new_seq ELSE seq END,
    CASE WHEN fresh THEN new_rev ELSE rev END,
    edited_at, deleted_at, display_name, avatar_url,
    CASE WHEN earlier_id IS NULL THEN waits[place::integer] END,
    CASE WHEN earlier_id IS NOT NULL THEN (
      SELECT message_details(e, visible_from_seq) FROM messages e
      WHERE e.id = earlier_id AND num_nonnulls(
        e.reply_to_seq, e.mentions, e.mentions_all, e.reactions, e.pinned_at, e.deleted_by, e.metadata, e.thread_id
      ) > 0
    ) END
  FROM numbered
  ORDER BY place;
END
$function$
