-- Threads: conversations that begin at a message of another one, whose members and rights they have (ADR 64). Columns without
-- a default: no table is rewritten, and no index of `messages` is added.
CREATE TABLE "thread_followers" (
	"thread_id" uuid NOT NULL,
	"parent_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"last_read_seq" bigint DEFAULT 0 NOT NULL,
	"unread_from_seq" bigint,
	"unread_at_seq" bigint,
	"version" bigint DEFAULT 0 NOT NULL,
	"followed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thread_followers_thread_id_user_id_pk" PRIMARY KEY("thread_id","user_id")
);--> statement-breakpoint
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_type_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "root_seq" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "thread_id" uuid;--> statement-breakpoint
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_thread_id_conversations_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_member_fk" FOREIGN KEY ("parent_id","user_id") REFERENCES "public"."conversation_members"("conversation_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "thread_followers_user_id_idx" ON "thread_followers" USING btree ("user_id","parent_id","thread_id");--> statement-breakpoint
CREATE VIEW "public"."thread_positions" AS (
select f.thread_id, f.parent_id, f.user_id, f.followed_at, f.version,
  greatest(f.last_read_seq, (
    select seq from messages
    where conversation_id = f.thread_id and sender_id between f.user_id and f.user_id
    order by sender_id desc, seq desc limit 1
  )) as last_read_seq,
  case
    when f.unread_from_seq is null or greatest(f.last_read_seq, (
    select seq from messages
    where conversation_id = f.thread_id and sender_id between f.user_id and f.user_id
    order by sender_id desc, seq desc limit 1
  )) > f.unread_at_seq then greatest(f.last_read_seq, (
    select seq from messages
    where conversation_id = f.thread_id and sender_id between f.user_id and f.user_id
    order by sender_id desc, seq desc limit 1
  ))
    else f.unread_from_seq - 1
  end as own_read_seq
from thread_followers f);--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_parent_id_conversations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_parent_id_conversations_id_fk";--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_thread_key" ON "conversations" USING btree ("parent_id","root_seq") WHERE "conversations"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "conversations_thread_activity_idx" ON "conversations" USING btree ("parent_id","active_minute","root_seq") WHERE "conversations"."parent_id" is not null;--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_thread_read(thread uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, shows_reading boolean, moved boolean, changed boolean, role character varying, joined_at timestamp with time zone, own_read_seq bigint, notify character varying, muted_until timestamp with time zone, version bigint, mention_count integer)
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
  member record;
  me thread_positions;
  is_moved boolean := false;
  is_changed boolean := false;
BEGIN
  SELECT m.role, m.joined_at, m.notify, m.muted_until, h.last_seq INTO member
  FROM conversation_heads h
  JOIN conversation_members m ON m.conversation_id = h.parent_id AND m.user_id = reader AND m.visible_from_seq <= h.root_seq
  WHERE h.id = thread AND h.deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  head := member.last_seq;
  SELECT u.read_receipts INTO shows FROM user_profiles u WHERE u.id = reader;
  SELECT * INTO me FROM thread_positions WHERE thread_id = thread AND user_id = reader;
  IF me.own_read_seq < least(wanted, head) THEN
    -- One mark of a follower after another, each in a snapshot taken behind the lock.
    PERFORM FROM thread_followers WHERE thread_id = thread AND user_id = reader FOR NO KEY UPDATE;
    SELECT * INTO me FROM thread_positions WHERE thread_id = thread AND user_id = reader;
    is_moved := coalesce(me.last_read_seq < least(wanted, head), false);
    is_changed := coalesce(me.own_read_seq < least(wanted, head), false);
  END IF;
  IF me.user_id IS NULL THEN
    RETURN QUERY SELECT head, head, shows, false, false, member.role, member.joined_at, head, member.notify,
      member.muted_until, 0::bigint, 0;
    RETURN;
  END IF;
  IF is_changed THEN
    wanted := least(wanted, head);
    UPDATE thread_followers
    SET last_read_seq = greatest(last_read_seq, wanted),
      unread_from_seq = CASE WHEN wanted < me.last_read_seq THEN wanted + 1 END,
      unread_at_seq = CASE WHEN wanted < me.last_read_seq THEN me.last_read_seq END
    WHERE thread_id = thread AND user_id = reader;
    me.own_read_seq := wanted;
    me.last_read_seq := greatest(me.last_read_seq, wanted);
  END IF;
  RETURN QUERY SELECT head, me.last_read_seq, shows, is_moved, is_changed, member.role, member.joined_at, me.own_read_seq,
    member.notify, member.muted_until, me.version, mention_count(thread, reader, me.own_read_seq);
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION followed_threads(reader uuid, page_size integer, before timestamp with time zone, before_id uuid, only_unread boolean)
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
  WITH mine AS MATERIALIZED (
    SELECT c.id, c.last_seq, c.updated_at, c.active_minute
    FROM thread_followers f
    CROSS JOIN LATERAL (
      SELECT visible_from_seq FROM conversation_members
      WHERE conversation_id = f.parent_id AND user_id = reader LIMIT 1
    ) m
    CROSS JOIN LATERAL (
      SELECT * FROM conversations
      WHERE id = f.thread_id AND root_seq >= m.visible_from_seq AND deleted_at IS NULL AND active_minute <= before LIMIT 1
    ) c
    WHERE f.user_id = reader AND CASE WHEN only_unread THEN (
      SELECT h.last_seq > p.own_read_seq
      FROM (SELECT last_seq FROM conversation_heads WHERE id = f.thread_id LIMIT 1) h
      CROSS JOIN LATERAL (
        SELECT own_read_seq FROM thread_positions WHERE thread_id = f.thread_id AND user_id = reader LIMIT 1
      ) p
    ) ELSE true END
  ), oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM mine WHERE active_minute <= before - interval '1 minute'
    ORDER BY active_minute DESC OFFSET page_size - 1 LIMIT 1
  )
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
  LIMIT page_size;
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION threads_of_conversation(conversation uuid, page_size integer, before timestamp with time zone, before_id uuid, visible_from bigint)
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
  WITH oldest AS MATERIALIZED (
    -- As many as a page holds lie before the cursor in this minute and later: nothing older is on the page.
    SELECT active_minute FROM conversations
    WHERE parent_id BETWEEN conversation AND conversation AND active_minute <= before - interval '1 minute'
      AND root_seq >= visible_from AND deleted_at IS NULL
    ORDER BY parent_id DESC, active_minute DESC OFFSET page_size - 1 LIMIT 1
  ), recent AS MATERIALIZED (
    -- An order that one index alone has.
    SELECT id, last_seq, updated_at FROM conversations
    WHERE parent_id BETWEEN conversation AND conversation AND active_minute <= before
      AND active_minute >= coalesce((SELECT active_minute FROM oldest), '-infinity')
      AND root_seq >= visible_from AND deleted_at IS NULL
    ORDER BY parent_id DESC, active_minute DESC
  )
  SELECT recent.id, a.activity
  FROM recent
  CROSS JOIN LATERAL (
    SELECT coalesce((
      SELECT created_at FROM messages WHERE conversation_id = recent.id AND seq > recent.last_seq ORDER BY seq DESC LIMIT 1
    ), recent.updated_at) AS activity
    OFFSET 0
  ) a
  WHERE (a.activity, recent.id) < (before, before_id)
  ORDER BY a.activity DESC, recent.id DESC
  LIMIT page_size;
END
$function$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION unread_threads(reader uuid, most integer)
 RETURNS TABLE(threads integer, capped boolean)
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
  WITH loud AS MATERIALIZED (
    SELECT c.id
    FROM thread_followers f
    CROSS JOIN LATERAL (
      SELECT * FROM conversation_members WHERE conversation_id = f.parent_id AND user_id = reader LIMIT 1
    ) m
    CROSS JOIN LATERAL (
      SELECT * FROM conversations WHERE id = f.thread_id AND root_seq >= m.visible_from_seq AND deleted_at IS NULL LIMIT 1
    ) c
    WHERE f.user_id = reader AND m.archived_at IS NULL
      AND (m.muted_until IS NULL OR m.muted_until <= clock_timestamp())
    ORDER BY c.active_minute DESC, c.id DESC
    LIMIT most::bigint + 1
  ), counted AS (
    SELECT id FROM loud LIMIT most
  )
  SELECT count(*) FILTER (WHERE h.last_seq > p.own_read_seq)::integer, (SELECT coalesce(count(*) > most, false) FROM loud)
  FROM counted
  CROSS JOIN LATERAL (SELECT last_seq FROM conversation_heads WHERE id = counted.id LIMIT 1) h
  CROSS JOIN LATERAL (
    SELECT own_read_seq FROM thread_positions WHERE thread_id = counted.id AND user_id = reader LIMIT 1
  ) p;
END
$function$;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_thread_check" CHECK (("conversations"."type" = 'thread') = ("conversations"."parent_id" is not null) and ("conversations"."type" = 'thread') = ("conversations"."root_seq" is not null)) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_thread_check";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_type_check" CHECK ("conversations"."type" in ('group', 'direct', 'thread')) NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_type_check";--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."conversation_heads" AS (
select c.id, c.created_by, c.title, c.created_at,
  coalesce(newest.created_at, c.updated_at) as updated_at, c.active_minute, coalesce(newest.seq, c.last_seq) as last_seq,
  coalesce((
    select rev from messages where conversation_id = c.id and rev > c.rev order by rev desc limit 1
  ), c.rev) as rev,
  c.members_rev, c.member_count, c.type, c.direct_low, c.direct_high, c.posting, c.adding, c.slow_mode_seconds, c.metadata,
  c.deleted_at, c.parent_id, c.root_seq
from conversations c
left join lateral (
  select seq, created_at from messages where conversation_id = c.id and seq > c.last_seq order by seq desc limit 1
) newest on true);--> statement-breakpoint
-- What a message has besides its text, as a reader is shown it who sees the conversation from `visible_from` on; null when
-- the message is deleted and has nothing, or is plain. Of a target that the reader does not see, only the id and the place.
CREATE OR REPLACE FUNCTION message_details(m messages, visible_from bigint)
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
$function$;
