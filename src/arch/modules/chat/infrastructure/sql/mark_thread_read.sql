-- Moves the read position of a thread's follower forward, never past the end, and returns what the thread is to the reader
-- either way; no row for whom the thread is not there. To who does not follow, everything is read. As in mark_read_3, replies that were marked as unread have a lower position of their own; mentions are counted after the move.
CREATE OR REPLACE FUNCTION public.mark_thread_read(thread uuid, reader uuid, wanted bigint)
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
$function$
