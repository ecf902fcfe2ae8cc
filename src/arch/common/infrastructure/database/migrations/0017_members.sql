-- Members, direct conversations and what is a member's alone. Columns have constant defaults: no table is rewritten. Each
-- view only gets columns at its end.
ALTER TABLE "conversation_changes" DROP CONSTRAINT "conversation_changes_data_check";--> statement-breakpoint
ALTER TABLE "conversation_changes" ADD CONSTRAINT "conversation_changes_data_check" CHECK (octet_length("conversation_changes"."data"::text) <= 8192) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversation_changes" VALIDATE CONSTRAINT "conversation_changes_data_check";--> statement-breakpoint
CREATE TABLE "conversation_bans" (
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"banned_by" uuid NOT NULL,
	"reason" varchar(255),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "conversation_bans_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);--> statement-breakpoint
CREATE TABLE "conversation_invites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"conversation_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"max_uses" integer NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"history" varchar(4) DEFAULT 'all' NOT NULL,
	CONSTRAINT "conversation_invites_uses_check" CHECK ("conversation_invites"."uses" between 0 and "conversation_invites"."max_uses"),
	CONSTRAINT "conversation_invites_history_check" CHECK ("conversation_invites"."history" in ('all', 'none'))
);--> statement-breakpoint
CREATE TABLE "user_blocks" (
	"blocker_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_blocks_blocker_id_blocked_id_pk" PRIMARY KEY("blocker_id","blocked_id"),
	CONSTRAINT "user_blocks_self_check" CHECK ("user_blocks"."blocker_id" <> "user_blocks"."blocked_id")
);--> statement-breakpoint
CREATE TABLE "last_seen_times" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "visible_from_seq" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "notify" varchar(8) DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "muted_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "pinned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "unread_from_seq" bigint;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "unread_at_seq" bigint;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "version" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "type" varchar(6) DEFAULT 'group' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "direct_low" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "direct_high" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "posting" varchar(6) DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "adding" varchar(6) DEFAULT 'admins' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "slow_mode_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "purged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "addable_by" varchar(8) DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "presence" varchar(8) DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "read_receipts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation_bans" ADD CONSTRAINT "conversation_bans_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_bans" ADD CONSTRAINT "conversation_bans_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_invites" ADD CONSTRAINT "conversation_invites_maker_fk" FOREIGN KEY ("conversation_id","created_by") REFERENCES "public"."conversation_members"("conversation_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_seen_times" ADD CONSTRAINT "last_seen_times_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_blocks" ADD CONSTRAINT "user_blocks_blocker_id_users_id_fk" FOREIGN KEY ("blocker_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_blocks" ADD CONSTRAINT "user_blocks_blocked_id_users_id_fk" FOREIGN KEY ("blocked_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_bans_user_id_idx" ON "conversation_bans" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "conversation_bans_until_idx" ON "conversation_bans" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_invites_token_hash_key" ON "conversation_invites" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "conversation_invites_maker_idx" ON "conversation_invites" USING btree ("conversation_id","created_by");--> statement-breakpoint
CREATE INDEX "conversation_invites_expires_at_idx" ON "conversation_invites" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "user_blocks_blocked_id_idx" ON "user_blocks" USING btree ("blocked_id");--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "conversation_members_owner_key" ON "conversation_members" USING btree ("conversation_id") WHERE "conversation_members"."role" = 'owner';--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_direct_key" ON "conversations" USING btree ("direct_low","direct_high") WHERE "conversations"."type" = 'direct';--> statement-breakpoint
CREATE INDEX "conversation_changes_after_seq_idx" ON "conversation_changes" USING btree ("conversation_id","after_seq","rev");--> statement-breakpoint
CREATE INDEX "conversations_deleted_at_idx" ON "conversations" USING btree ("deleted_at") WHERE "conversations"."deleted_at" is not null and "conversations"."purged_at" is null;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD CONSTRAINT "conversation_members_notify_check" CHECK ("conversation_members"."notify" in ('all', 'mentions', 'none')) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversation_members" VALIDATE CONSTRAINT "conversation_members_notify_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_type_check" CHECK ("conversations"."type" in ('group', 'direct')) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_type_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_direct_check" CHECK (("conversations"."type" = 'direct') = ("conversations"."direct_low" is not null) and ("conversations"."type" = 'direct') = ("conversations"."direct_high" is not null) and "conversations"."direct_low" <= "conversations"."direct_high") NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_direct_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_posting_check" CHECK ("conversations"."posting" in ('all', 'admins')) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_posting_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_adding_check" CHECK ("conversations"."adding" in ('all', 'admins')) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_adding_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_slow_mode_check" CHECK ("conversations"."slow_mode_seconds" between 0 and 21600) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_slow_mode_check";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_addable_by_check" CHECK ("users"."addable_by" in ('everyone', 'contacts', 'nobody')) NOT VALID;--> statement-breakpoint
ALTER TABLE "users" VALIDATE CONSTRAINT "users_addable_by_check";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_presence_check" CHECK ("users"."presence" in ('everyone', 'contacts', 'nobody')) NOT VALID;--> statement-breakpoint
ALTER TABLE "users" VALIDATE CONSTRAINT "users_presence_check";--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."conversation_heads" AS (
select c.id, c.created_by, c.title, c.created_at,
  coalesce(newest.created_at, c.updated_at) as updated_at, c.active_minute, coalesce(newest.seq, c.last_seq) as last_seq,
  coalesce((
    select rev from messages where conversation_id = c.id and rev > c.rev order by rev desc limit 1
  ), c.rev) as rev,
  c.members_rev, c.member_count, c.type, c.direct_low, c.direct_high, c.posting, c.adding, c.slow_mode_seconds, c.metadata,
  c.deleted_at
from conversations c
left join lateral (
  select seq, created_at from messages where conversation_id = c.id and seq > c.last_seq order by seq desc limit 1
) newest on true);--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."member_positions" AS (
select m.conversation_id, m.user_id, m.joined_at, m.role,
  greatest(m.last_read_seq, (
    select seq from read_marks where conversation_id = m.conversation_id and user_id = m.user_id order by seq desc limit 1
  ), (
    select seq from messages
    where conversation_id = m.conversation_id and sender_id between m.user_id and m.user_id
    order by sender_id desc, seq desc limit 1
  )) as last_read_seq,
  m.visible_from_seq, m.notify, m.muted_until, m.pinned_at, m.archived_at, m.version,
  case
    when m.unread_from_seq is null or greatest(m.last_read_seq, (
    select seq from read_marks where conversation_id = m.conversation_id and user_id = m.user_id order by seq desc limit 1
  ), (
    select seq from messages
    where conversation_id = m.conversation_id and sender_id between m.user_id and m.user_id
    order by sender_id desc, seq desc limit 1
  )) > m.unread_at_seq then greatest(m.last_read_seq, (
    select seq from read_marks where conversation_id = m.conversation_id and user_id = m.user_id order by seq desc limit 1
  ), (
    select seq from messages
    where conversation_id = m.conversation_id and sender_id between m.user_id and m.user_id
    order by sender_id desc, seq desc limit 1
  ))
    else m.unread_from_seq - 1
  end as own_read_seq
from conversation_members m);--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."user_profiles" AS (select id, display_name, avatar_url, deleted_at is not null as deleted, addable_by, presence, read_receipts from users);--> statement-breakpoint
CREATE OR REPLACE FUNCTION conversations_of_member_2(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, of_type character varying, archived boolean, pinned boolean)
 RETURNS TABLE(id uuid, activity timestamp with time zone)
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
  WITH some_of_mine AS MATERIALIZED (
    SELECT FROM conversation_members WHERE user_id = reader LIMIT 501
  ), recent AS MATERIALIZED (
    SELECT c.id, c.active_minute, a.activity
    FROM (
      SELECT id, type, created_by, last_seq, updated_at, active_minute FROM conversations
      WHERE active_minute <= before ORDER BY active_minute DESC LIMIT 1000
    ) c
    -- LIMIT keeps this a look-up per conversation: as a join it would read all memberships first.
    CROSS JOIN LATERAL (SELECT * FROM conversation_members m WHERE m.conversation_id = c.id AND m.user_id = reader LIMIT 1) m
    CROSS JOIN LATERAL (
      SELECT coalesce((
        SELECT created_at FROM messages WHERE conversation_id = c.id AND seq > c.last_seq ORDER BY seq DESC LIMIT 1
      ), c.updated_at) AS activity
      OFFSET 0
    ) a
    WHERE (SELECT count(*) > 500 FROM some_of_mine) AND (a.activity, c.id) < (before, before_id)
      AND c.type = coalesce(of_type, c.type)
      AND (m.archived_at IS NOT NULL) = coalesce(archived, m.archived_at IS NOT NULL)
      AND (m.pinned_at IS NOT NULL) = coalesce(pinned, m.pinned_at IS NOT NULL)
      AND (c.type <> 'direct' OR c.created_by = reader OR c.last_seq > 0
        OR EXISTS (SELECT FROM messages WHERE conversation_id = c.id))
    ORDER BY c.active_minute DESC, a.activity DESC, c.id DESC
    LIMIT page_size
  ), searched AS MATERIALIZED (
    -- All that were active since the page's oldest minute: within a minute the index has no order.
    SELECT FROM conversations
    WHERE active_minute <= before AND active_minute >= (SELECT min(active_minute) FROM recent) LIMIT 1001
  ), found AS MATERIALIZED (
    SELECT count(*) = page_size AND (SELECT count(*) <= 1000 FROM searched) AS all_recent FROM recent
  ), mine AS MATERIALIZED (
    -- An array, not a join: the index takes it sorted, in one pass (3 ms instead of 15 for 10,000). The order is that of one
    -- index alone: without it a plan may read the memberships of all users. That index has no more than both ids, so
    -- without a filter the rows themselves are not read.
    SELECT id, last_seq, updated_at, active_minute FROM conversations
    WHERE NOT (SELECT all_recent FROM found)
      AND id = ANY (CASE WHEN archived IS NULL AND pinned IS NULL THEN ARRAY(
        SELECT conversation_id FROM conversation_members
        WHERE user_id BETWEEN reader AND reader ORDER BY user_id, conversation_id
      ) ELSE ARRAY(
        SELECT conversation_id FROM conversation_members
        WHERE user_id BETWEEN reader AND reader
          AND (archived_at IS NOT NULL) = coalesce(archived, archived_at IS NOT NULL)
          AND (pinned_at IS NOT NULL) = coalesce(pinned, pinned_at IS NOT NULL)
        ORDER BY user_id, conversation_id
      ) END)
      AND active_minute <= before
      AND type = coalesce(of_type, type)
      AND (type <> 'direct' OR created_by = reader OR last_seq > 0
        OR EXISTS (SELECT FROM messages WHERE conversation_id = conversations.id))
  ), oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM mine WHERE active_minute <= before - interval '1 minute'
    ORDER BY active_minute DESC OFFSET page_size - 1 LIMIT 1
  ), of_all_mine AS MATERIALIZED (
    SELECT mine.id, a.activity
    FROM mine
    CROSS JOIN LATERAL (
      SELECT coalesce((
        SELECT created_at FROM messages WHERE conversation_id = mine.id AND seq > mine.last_seq ORDER BY seq DESC LIMIT 1
      ), mine.updated_at) AS activity
      OFFSET 0
    ) a
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
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION list_conversations_2(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, of_type character varying, archived boolean, pinned boolean)
 RETURNS TABLE(id uuid, created_by uuid, title character varying, created_at timestamp with time zone, updated_at timestamp with time zone, last_seq bigint, rev bigint, member_count integer, type character varying, metadata jsonb, posting character varying, adding character varying, slow_mode_seconds integer, activity text, role character varying, joined_at timestamp with time zone, own_read_seq bigint, visible_from_seq bigint, notify character varying, muted_until timestamp with time zone, pinned_at timestamp with time zone, archived_at timestamp with time zone, version bigint, message_id uuid, message_created_at timestamp with time zone, message_seq bigint, message_rev bigint, content text, client_message_id character varying, edited_at timestamp with time zone, deleted_at timestamp with time zone, sender_id uuid, display_name character varying, avatar_url text, other_id uuid, other_display_name character varying, other_avatar_url text)
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
    l.id, l.created_at, l.seq, l.rev, l.content,
    l.client_message_id, l.edited_at, l.deleted_at,
    u.id, u.display_name, u.avatar_url,
    o.id, o.display_name, o.avatar_url
  FROM conversations_of_member_2(reader, page_size, before, before_id, of_type, archived, pinned) p
  -- LIMIT keeps these look-ups for each conversation of the page: as joins they would read all memberships first.
  CROSS JOIN LATERAL (SELECT * FROM conversation_heads WHERE id = p.id LIMIT 1) c
  CROSS JOIN LATERAL (SELECT * FROM member_positions WHERE conversation_id = p.id AND user_id = reader LIMIT 1) m
  LEFT JOIN LATERAL (
    -- `seq = c.last_seq` could use any index that begins with the conversation; this order only one.
    SELECT * FROM messages WHERE conversation_id = p.id AND seq >= m.visible_from_seq ORDER BY seq DESC LIMIT 1
  ) l ON true
  LEFT JOIN user_profiles u ON u.id = l.sender_id
  -- Of a direct conversation the other member; oneself in notes to oneself.
  LEFT JOIN user_profiles o ON o.id = CASE c.direct_low WHEN reader THEN c.direct_high ELSE c.direct_low END
  ORDER BY p.activity DESC, p.id DESC;
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION store_messages_2(conversation_ids uuid[], sender_ids uuid[], ids uuid[], contents text[], client_message_ids text[])
 RETURNS TABLE(outcome text, id uuid, content text, created_at timestamp with time zone, seq bigint, rev bigint, edited_at timestamp with time zone, deleted_at timestamp with time zone, display_name character varying, avatar_url text, retry_after_ms integer)
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
      u.id IS NOT NULL AS member, u.display_name, u.avatar_url,
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
      SELECT conversation_id, user_id FROM conversation_members
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
      WHEN earlier_sha256 = sha256 THEN 'duplicate'
      ELSE 'client message id reused'
    END,
    earlier_id, earlier_content,
    CASE WHEN fresh THEN stored_at ELSE created_at END,
    CASE WHEN fresh THEN new_seq ELSE seq END,
    CASE WHEN fresh THEN new_rev ELSE rev END,
    edited_at, deleted_at, display_name, avatar_url,
    CASE WHEN earlier_id IS NULL THEN waits[place::integer] END
  FROM numbered
  ORDER BY place;
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_read_2(conversation uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, shows_reading boolean, moved boolean, changed boolean, role character varying, joined_at timestamp with time zone, own_read_seq bigint, visible_from_seq bigint, notify character varying, muted_until timestamp with time zone, pinned_at timestamp with time zone, archived_at timestamp with time zone, version bigint)
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
    me.visible_from_seq, me.notify, me.muted_until, me.pinned_at, me.archived_at, me.version;
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_read(conversation uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, moved boolean)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT m.last_seq, m.own_read_seq, m.moved AND m.shows_reading FROM mark_read_2(conversation, reader, wanted) m;
END
$function$;
