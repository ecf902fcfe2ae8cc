-- Stores a batch of messages in one call and one commit, for message-batch.statement.ts. Messages are numbered by the
-- newest rows (conversation_heads), not by counters that every message moves (ADR 29); the conversation's row keeps up once a
-- minute, with the minute's first message. Every statement of a volatile function takes a new snapshot (PostgreSQL manual,
-- 36.7): the first one takes the conversations' locks, the second sees whatever was committed before. The batch never holds
-- the same conversation, sender and client message id twice: the caller sees to it.
-- Of what a message may have besides its text, only a repeat returns something: store_rich_messages() stores it.
-- A batch with a conversation that is restricted, in slow mode, blocked or deleted looks up, between the two, what is refused
-- (ADR 50).
CREATE OR REPLACE FUNCTION store_messages_3(conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[])
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
$function$;--> statement-breakpoint
-- Stores a batch of messages of which some have more than a text, or belong to a thread, for message-batch.statement.ts:
-- store_messages_3() with replies, mentions and metadata (ADR 62), and with threads (ADR 64). `extras` has null for a plain message, else {replyToId, mentions, mentionsAll,
-- metadata} as far as they were sent, without a repeated mention; `fingerprints` has the hash of all of it, null for a plain
-- message. Who is not a member is not mentioned.
-- A thread has the members and the rules of its parent; to a member who may not see its root, it is not there. After the rows
-- of the messages comes one for each thread in which some were stored: its root, under its new `rev`, in the order in
-- which the newest of them stand in the batch.
CREATE OR REPLACE FUNCTION store_rich_messages(conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[], fingerprints bytea[], extras jsonb[])
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
$function$;--> statement-breakpoint
-- How many messages of a conversation after one mention the reader, or everybody; at most 100 are counted. There is no
-- counter, so none can be wrong.
CREATE OR REPLACE FUNCTION mention_count(conversation uuid, reader uuid, after bigint)
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
$function$;--> statement-breakpoint
-- The visible messages that mention the reader, or everybody, in the conversations of which the reader is a member and in
-- the threads that the reader follows, newest first: at most page_size of those with
-- (created_at, conversation_id, seq) < (before, before_id, before_seq). In each conversation two look-ups find the newest ones.
CREATE OR REPLACE FUNCTION mentions_of_member(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, before_seq bigint)
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
$function$;--> statement-breakpoint
-- Moves a read position forward, never past the end, and returns the membership either way; no row for who is not a
-- member. What others are shown moves with a mark: a new row, and the one before it goes (ADR 29). A member that has
-- marked messages as unread has a lower position of its own, which moves alone up to the one that others are shown. Mentions are counted after the move, in a snapshot of their own.
CREATE OR REPLACE FUNCTION mark_read_3(conversation uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, shows_reading boolean, moved boolean, changed boolean, role character varying, joined_at timestamp with time zone, own_read_seq bigint, visible_from_seq bigint, notify character varying, muted_until timestamp with time zone, pinned_at timestamp with time zone, archived_at timestamp with time zone, version bigint, mention_count integer)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  head bigint;
  shows boolean;
  me member_positions;
  is_moved boolean := false;
  is_changed boolean := false;
BEGIN
  SELECT * INTO me FROM member_positions WHERE conversation_id = conversation AND user_id = reader;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT h.last_seq INTO head FROM conversation_heads h WHERE h.id = conversation;
  SELECT u.read_receipts INTO shows FROM user_profiles u WHERE u.id = reader;
  wanted := least(wanted, head);
  IF me.own_read_seq < wanted THEN
    -- One mark of a member after another, each in a snapshot taken behind the lock.
    PERFORM FROM conversation_members WHERE conversation_id = conversation AND user_id = reader FOR NO KEY UPDATE;
    SELECT * INTO me FROM member_positions WHERE conversation_id = conversation AND user_id = reader;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    IF me.last_read_seq < wanted THEN
      WITH last_mark AS (
        SELECT seq FROM read_marks WHERE conversation_id = conversation AND user_id = reader ORDER BY seq DESC LIMIT 1
      ), gone AS (
        DELETE FROM read_marks
        WHERE conversation_id = conversation AND user_id = reader AND seq = (SELECT seq FROM last_mark)
      )
      INSERT INTO read_marks (conversation_id, user_id, seq) VALUES (conversation, reader, wanted);
      me.last_read_seq := wanted;
      me.own_read_seq := wanted;
      is_moved := true;
      is_changed := true;
    ELSIF me.own_read_seq < wanted THEN
      -- Messages were marked as unread: some of them still are, or none.
      UPDATE conversation_members
      SET unread_from_seq = CASE WHEN wanted < me.last_read_seq THEN wanted + 1 END,
        unread_at_seq = CASE WHEN wanted < me.last_read_seq THEN me.last_read_seq END
      WHERE conversation_id = conversation AND user_id = reader;
      me.own_read_seq := wanted;
      is_changed := true;
    END IF;
  END IF;
  RETURN QUERY SELECT head, me.last_read_seq, shows, is_moved, is_changed, me.role, me.joined_at, me.own_read_seq,
    me.visible_from_seq, me.notify, me.muted_until, me.pinned_at, me.archived_at, me.version,
    mention_count(conversation, reader, greatest(me.own_read_seq, me.visible_from_seq - 1));
END
$function$;
