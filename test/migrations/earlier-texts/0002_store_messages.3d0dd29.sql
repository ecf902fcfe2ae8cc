-- Stores a batch of messages in one call and one commit, for message-batch.statement.ts.
-- Every statement of a volatile function takes a new snapshot (PostgreSQL manual, 36.7): the first one waits for
-- the conversations, the second sees whatever was committed meanwhile.
-- The batch never holds the same conversation, sender and client message id twice: the caller sees to it.
-- A function that replaces this one needs another name: an older node may still call this one.
CREATE FUNCTION store_messages(
  conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[]
)
RETURNS TABLE (
  outcome text, id uuid, content text, created_at timestamptz, seq bigint, rev bigint,
  edited_at timestamptz, deleted_at timestamptz, display_name varchar, avatar_url text
)
LANGUAGE plpgsql
-- The plan is kept: one made while the tables were small must not read all of them later.
SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM conversations WHERE id = ANY (conversation_ids) ORDER BY id FOR NO KEY UPDATE;

  RETURN QUERY
  WITH sent AS MATERIALIZED (
    SELECT s.*, sha256(convert_to(s.content, 'UTF8')) AS sha256,
      c.id IS NOT NULL AS found, c.last_seq, c.rev AS last_rev, greatest(clock_timestamp(), c.updated_at) AS stored_at,
      u.id IS NOT NULL AS member, u.display_name, u.avatar_url,
      e.id AS earlier_id, e.content AS earlier_content, e.content_sha256 AS earlier_sha256, e.created_at, e.seq, e.rev,
      e.edited_at, e.deleted_at,
      u.id IS NOT NULL AND e.id IS NULL AS fresh
    FROM unnest(conversation_ids, sender_ids, ids, contents, client_message_ids)
      WITH ORDINALITY AS s (conversation_id, sender_id, id, content, client_message_id, place)
    LEFT JOIN conversations c ON c.id = s.conversation_id
    LEFT JOIN conversation_members m ON m.conversation_id = s.conversation_id AND m.user_id = s.sender_id
    LEFT JOIN users u ON u.id = m.user_id
    LEFT JOIN messages e ON e.conversation_id = s.conversation_id AND e.sender_id = u.id
      AND e.client_message_id = s.client_message_id
  ), numbered AS MATERIALIZED (
    SELECT *, count(*) FILTER (WHERE fresh) OVER (PARTITION BY conversation_id ORDER BY place) AS step FROM sent
  ), stored AS (
    INSERT INTO messages (id, conversation_id, sender_id, content, created_at, seq, rev, client_message_id, content_sha256)
    SELECT id, conversation_id, sender_id, content, stored_at, last_seq + step, last_rev + step, client_message_id, sha256
    FROM numbered WHERE fresh
  ), heads AS (
    UPDATE conversations c SET last_seq = c.last_seq + n.steps, rev = c.rev + n.steps, updated_at = n.stored_at
    FROM (
      SELECT conversation_id, max(step) AS steps, max(stored_at) AS stored_at FROM numbered WHERE fresh GROUP BY 1
    ) n
    WHERE c.id = n.conversation_id
  ), own_positions AS (
    UPDATE conversation_members m SET last_read_seq = n.seq
    FROM (
      SELECT conversation_id, sender_id, max(last_seq + step) AS seq FROM numbered WHERE fresh GROUP BY 1, 2
    ) n
    WHERE m.conversation_id = n.conversation_id AND m.user_id = n.sender_id
  )
  SELECT
    CASE
      WHEN NOT found THEN 'conversation not found'
      WHEN NOT member THEN 'not a member'
      WHEN fresh THEN 'stored'
      WHEN earlier_sha256 = sha256 THEN 'duplicate'
      ELSE 'client message id reused'
    END,
    earlier_id, earlier_content,
    CASE WHEN fresh THEN stored_at ELSE created_at END,
    CASE WHEN fresh THEN last_seq + step ELSE seq END,
    CASE WHEN fresh THEN last_rev + step ELSE rev END,
    edited_at, deleted_at, display_name, avatar_url
  FROM numbered
  ORDER BY place;
END
$$;
