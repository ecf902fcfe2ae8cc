-- Moves a read position forward, never past the end, and answers it either way; no row for who is not a member. A mark
-- is a new row, and the one before it goes (ADR 29).
CREATE OR REPLACE FUNCTION public.mark_read(conversation uuid, reader uuid, wanted bigint)
 RETURNS TABLE(last_seq bigint, last_read_seq bigint, moved boolean)
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
$function$
