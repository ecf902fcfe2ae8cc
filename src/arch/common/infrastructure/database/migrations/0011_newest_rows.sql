CREATE TABLE "read_marks" (
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "read_marks_conversation_id_user_id_seq_pk" PRIMARY KEY("conversation_id","user_id","seq")
);
--> statement-breakpoint
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_member_fk" FOREIGN KEY ("conversation_id","user_id") REFERENCES "public"."conversation_members"("conversation_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_conversation_id_sender_id_seq_idx" ON "messages" USING btree ("conversation_id","sender_id","seq");--> statement-breakpoint
CREATE VIEW "public"."conversation_heads" AS (
select c.id, c.created_by, c.title, c.created_at,
  coalesce(newest.created_at, c.updated_at) as updated_at, c.active_minute, coalesce(newest.seq, c.last_seq) as last_seq,
  coalesce((
    select rev from messages where conversation_id = c.id and rev > c.rev order by rev desc limit 1
  ), c.rev) as rev,
  c.members_rev, c.member_count
from conversations c
left join lateral (
  select seq, created_at from messages where conversation_id = c.id and seq > c.last_seq order by seq desc limit 1
) newest on true);--> statement-breakpoint
CREATE VIEW "public"."member_positions" AS (
select m.conversation_id, m.user_id, m.joined_at, m.role,
  greatest(m.last_read_seq, (
    select seq from read_marks where conversation_id = m.conversation_id and user_id = m.user_id order by seq desc limit 1
  ), (
    select seq from messages
    where conversation_id = m.conversation_id and sender_id between m.user_id and m.user_id
    order by sender_id desc, seq desc limit 1
  )) as last_read_seq
from conversation_members m);--> statement-breakpoint
-- When the newest message after `known_seq` was sent; `known_at` when there is none.
CREATE FUNCTION last_activity(conversation uuid, known_seq bigint, known_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE
RETURN coalesce((
  SELECT created_at FROM messages WHERE conversation_id = conversation AND seq > known_seq ORDER BY seq DESC LIMIT 1
), known_at);
--> statement-breakpoint
-- The conversations of one member, last activity first: at most page_size of those with (activity, id) < (before,
-- before_id). A row of `conversations` has the minute of the last activity; the moment is looked up for those that
-- were active in the same minutes as the page's.
-- Two ways to find them, both bounded (ADR 12): whoever has more than 500 conversations most likely finds the
-- page among the 1,000 that were active last on this server; whoever has fewer, or does not, gets it from all of
-- the own conversations. It is one statement, so both ways look at one snapshot.
CREATE FUNCTION conversations_of_member(reader uuid, page_size integer, before timestamptz, before_id uuid)
RETURNS TABLE (id uuid, activity timestamptz)
LANGUAGE plpgsql STABLE
-- One plan for every member and every size of the tables: indexes are walked in their order, and rows looked up.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH some_of_mine AS MATERIALIZED (
    SELECT FROM conversation_members WHERE user_id = reader LIMIT 501
  ), recent AS MATERIALIZED (
    SELECT c.id, c.active_minute, a.activity
    FROM (
      SELECT id, last_seq, updated_at, active_minute FROM conversations
      WHERE active_minute <= before ORDER BY active_minute DESC LIMIT 1000
    ) c
    -- LIMIT keeps this a look-up per conversation: as a join it would read all memberships first.
    CROSS JOIN LATERAL (SELECT FROM conversation_members m WHERE m.conversation_id = c.id AND m.user_id = reader LIMIT 1) m
    CROSS JOIN LATERAL (SELECT last_activity(c.id, c.last_seq, c.updated_at) AS activity OFFSET 0) a
    WHERE (SELECT count(*) > 500 FROM some_of_mine) AND (a.activity, c.id) < (before, before_id)
    ORDER BY c.active_minute DESC, a.activity DESC, c.id DESC
    LIMIT page_size
  ), searched AS MATERIALIZED (
    -- All that were active since the page's oldest minute: within a minute the index has no order.
    SELECT FROM conversations
    WHERE active_minute <= before AND active_minute >= (SELECT min(active_minute) FROM recent) LIMIT 1001
  ), found AS MATERIALIZED (
    SELECT count(*) = page_size AND (SELECT count(*) <= 1000 FROM searched) AS all_recent FROM recent
  ), mine AS MATERIALIZED (
    -- An array, not a join: the index takes it sorted, in one pass (3 ms instead of 15 for 10,000).
    SELECT id, last_seq, updated_at, active_minute FROM conversations
    WHERE NOT (SELECT all_recent FROM found)
      AND id = ANY (ARRAY(SELECT conversation_id FROM conversation_members WHERE user_id = reader))
      AND active_minute <= before
  ), oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM mine WHERE active_minute <= before - interval '1 minute'
    ORDER BY active_minute DESC OFFSET page_size - 1 LIMIT 1
  ), of_all_mine AS MATERIALIZED (
    SELECT mine.id, a.activity
    FROM mine
    CROSS JOIN LATERAL (SELECT last_activity(mine.id, last_seq, updated_at) AS activity OFFSET 0) a
    WHERE active_minute >= coalesce((SELECT active_minute FROM oldest), '-infinity')
      AND (a.activity, mine.id) < (before, before_id)
    ORDER BY a.activity DESC, mine.id DESC
    LIMIT page_size
  ), page AS MATERIALIZED (
    SELECT id, activity FROM recent WHERE (SELECT all_recent FROM found)
    UNION ALL
    SELECT id, activity FROM of_all_mine
  )
  SELECT id, activity FROM page ORDER BY activity DESC, id DESC;
END
$$;
--> statement-breakpoint
-- A page of conversations_of_member(), each conversation with its last message, for conversation-list.reader.ts. An
-- older node calls it, too: it answers what it has always answered.
CREATE OR REPLACE FUNCTION list_conversations(reader uuid, page_size integer, before timestamptz, before_id uuid)
RETURNS TABLE (
  id uuid, created_by uuid, title varchar, created_at timestamptz, updated_at timestamptz,
  last_seq bigint, rev bigint, member_count integer, activity text,
  role varchar, joined_at timestamptz, last_read_seq bigint,
  message_id uuid, message_created_at timestamptz, message_seq bigint, message_rev bigint, content text,
  client_message_id varchar, edited_at timestamptz, deleted_at timestamptz,
  sender_id uuid, display_name varchar, avatar_url text
)
LANGUAGE plpgsql STABLE
-- One plan for every member and every size of the tables: indexes are walked in their order, and rows looked up.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
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
  LEFT JOIN users u ON u.id = l.sender_id
  ORDER BY p.activity DESC, p.id DESC;
END
$$;
--> statement-breakpoint
-- Moves a read position forward, never past the end, and answers it either way; no row for who is not a member. A mark
-- is a new row, and the one before it goes: whoever looks for the newest meets no dead one, in a backup neither.
CREATE FUNCTION mark_read(conversation uuid, reader uuid, wanted bigint)
RETURNS TABLE (last_seq bigint, last_read_seq bigint, moved boolean)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  head bigint;
  reached bigint;
BEGIN
  SELECT h.last_seq, p.last_read_seq INTO head, reached
  FROM member_positions p JOIN conversation_heads h ON h.id = p.conversation_id
  WHERE p.conversation_id = conversation AND p.user_id = reader;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  wanted := least(wanted, head);
  moved := false;
  IF reached < wanted THEN
    -- One mark of a member after another, each in a snapshot taken behind the lock.
    PERFORM FROM conversation_members WHERE conversation_id = conversation AND user_id = reader FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    SELECT p.last_read_seq INTO reached FROM member_positions p WHERE p.conversation_id = conversation AND p.user_id = reader;
    IF reached < wanted THEN
      WITH last_mark AS (
        SELECT seq FROM read_marks WHERE conversation_id = conversation AND user_id = reader ORDER BY seq DESC LIMIT 1
      ), gone AS (
        DELETE FROM read_marks
        WHERE conversation_id = conversation AND user_id = reader AND seq = (SELECT seq FROM last_mark)
      )
      INSERT INTO read_marks (conversation_id, user_id, seq) VALUES (conversation, reader, wanted);
      reached := wanted;
      moved := true;
    END IF;
  END IF;
  last_seq := head;
  last_read_seq := reached;
  RETURN NEXT;
END
$$;
--> statement-breakpoint
-- Stores a batch of messages in one call and one commit, for message-batch.statement.ts. Messages are numbered by the
-- newest rows (conversation_heads), not by counters that every message moves: beside an old snapshot no dead version of
-- those could be removed, and everybody who looks the conversation up would walk them all (ADR 29). Its row keeps up
-- once a minute, with the minute's first message: it is what the conversation list is searched by.
-- Every statement of a volatile function takes a new snapshot (PostgreSQL manual, 36.7): the first one takes the
-- conversations' locks, the second sees whatever was committed before.
-- The batch never holds the same conversation, sender and client message id twice: the caller sees to it.
-- It has its old name, as older nodes call it too: the numbers are the same whoever takes them.
-- For a moment the row keeps up with every batch: calls of the function of before still run, and number by it.
CREATE OR REPLACE FUNCTION store_messages(
  conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[]
)
RETURNS TABLE (
  outcome text, id uuid, content text, created_at timestamptz, seq bigint, rev bigint,
  edited_at timestamptz, deleted_at timestamptz, display_name varchar, avatar_url text
)
LANGUAGE plpgsql
-- One plan for every size of the tables: one made while they were small must not read all of them later.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM conversations WHERE id = ANY (conversation_ids) ORDER BY id FOR NO KEY UPDATE;

  RETURN QUERY
  WITH sent AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY place) = 1 AS leads
    FROM unnest(conversation_ids, sender_ids, ids, contents, client_message_ids)
      WITH ORDINALITY AS s (conversation_id, sender_id, id, content, client_message_id, place)
  ), seen AS MATERIALIZED (
    SELECT s.*, sha256(convert_to(s.content, 'UTF8')) AS sha256,
      h.last_seq AS head_seq, h.rev AS head_rev, h.updated_at AS head_at, h.active_minute AS head_minute,
      u.id IS NOT NULL AS member, u.display_name, u.avatar_url,
      e.id AS earlier_id, e.content AS earlier_content, e.content_sha256 AS earlier_sha256, e.created_at, e.seq, e.rev,
      e.edited_at, e.deleted_at,
      u.id IS NOT NULL AND e.id IS NULL AS fresh
    FROM sent s
    -- Members and earlier messages are sought as the first at their keys or after: one index alone has that order, so
    -- this one is used whatever the planner believes of the tables; with `=` it may walk another with the same beginning.
    LEFT JOIN LATERAL (
      SELECT * FROM conversation_heads WHERE s.leads AND id = s.conversation_id LIMIT 1
    ) h ON true
    LEFT JOIN LATERAL (
      SELECT conversation_id, user_id FROM conversation_members
      WHERE (conversation_id, user_id) >= (s.conversation_id, s.sender_id)
      ORDER BY conversation_id, user_id LIMIT 1
    ) m ON m.conversation_id = s.conversation_id AND m.user_id = s.sender_id
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = m.user_id LIMIT 1) u ON true
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
    HAVING bool_or(fresh) AND max(stored_at) >= max(head_minute) + interval '0 minutes'
  ), minutes AS (
    UPDATE conversations c
    SET (last_seq, rev, updated_at) = (SELECT seq, rev, stored_at FROM due WHERE conversation_id = c.id)
    WHERE id = ANY (ARRAY(SELECT conversation_id FROM due))
  )
  SELECT
    CASE
      WHEN new_seq IS NULL THEN 'conversation not found'
      WHEN NOT member THEN 'not a member'
      WHEN fresh THEN 'stored'
      WHEN earlier_sha256 = sha256 THEN 'duplicate'
      ELSE 'client message id reused'
    END,
    earlier_id, earlier_content,
    CASE WHEN fresh THEN stored_at ELSE created_at END,
    CASE WHEN fresh THEN new_seq ELSE seq END,
    CASE WHEN fresh THEN new_rev ELSE rev END,
    edited_at, deleted_at, display_name, avatar_url
  FROM numbered
  ORDER BY place;
END
$$;
--> statement-breakpoint
-- Those have ended when this lock is held. From here on a row is behind.
LOCK TABLE "conversations" IN EXCLUSIVE MODE;
--> statement-breakpoint
-- An older node counts a member change from the row, which is behind.
CREATE FUNCTION number_member_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  SELECT rev + 1, rev + 1 INTO NEW.rev, NEW.members_rev FROM conversation_heads WHERE id = NEW.id;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER conversations_number_member_change BEFORE UPDATE OF members_rev ON conversations
FOR EACH ROW WHEN (NEW.rev = OLD.rev + 1 AND NEW.members_rev = NEW.rev) EXECUTE FUNCTION number_member_change();
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('store_messages'::regproc), 'interval ''0 minutes''', 'interval ''1 minute''');
END
$$;
