-- Read positions by the rev of their conversations, so that whoever was away asks for those that have moved. A column without a
-- default: no table is rewritten, and the index has no row of what is there. The functions keep their signatures: nodes of the
-- versions before call them, and store it, too.
ALTER TABLE "read_marks" ADD COLUMN "rev" bigint;--> statement-breakpoint
CREATE INDEX "read_marks_conversation_id_rev_idx" ON "read_marks" USING btree ("conversation_id","rev") WHERE "read_marks"."rev" is not null;--> statement-breakpoint
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
  head_rev bigint;
  shows boolean;
  me member_positions;
  is_moved boolean := false;
  is_changed boolean := false;
BEGIN
  SELECT * INTO me FROM member_positions WHERE conversation_id = conversation AND user_id = reader;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT h.last_seq, h.rev INTO head, head_rev FROM conversation_heads h WHERE h.id = conversation;
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
      INSERT INTO read_marks (conversation_id, user_id, seq, rev) VALUES (conversation, reader, wanted, head_rev);
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
  head_rev bigint;
  shows boolean;
  me member_positions;
  is_moved boolean := false;
  is_changed boolean := false;
BEGIN
  SELECT * INTO me FROM member_positions WHERE conversation_id = conversation AND user_id = reader;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT h.last_seq, h.rev INTO head, head_rev FROM conversation_heads h WHERE h.id = conversation;
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
      INSERT INTO read_marks (conversation_id, user_id, seq, rev) VALUES (conversation, reader, wanted, head_rev);
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
