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
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_parent_id_conversations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_parent_id_conversations_id_fk";--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_thread_key" ON "conversations" USING btree ("parent_id","root_seq") WHERE "conversations"."parent_id" is not null;--> statement-breakpoint
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
