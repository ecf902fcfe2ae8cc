-- The keys of one page, newest first, of what is public and the reader's own (of what is public when the reader is
-- null), with the number of all of them; one row without a key when the page is empty.
CREATE OR REPLACE FUNCTION public.find_posts(reader uuid, skip bigint, page_size integer)
 RETURNS TABLE(total bigint, created_at timestamp with time zone, id uuid)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_nestloop TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  page record;
BEGIN
  WITH visible AS MATERIALIZED (
    SELECT b.from_created_at, b.from_id, b.public_posts + coalesce(p.posts, 0) AS posts
    FROM post_blocks b LEFT JOIN private_post_counts p ON p.owner_id = reader AND p.block_id = b.id
  ), summed AS MATERIALIZED (
    SELECT posts, sum(posts) OVER newest_first AS upto, from_created_at,
      lag(from_created_at, 1, 'infinity') OVER newest_first AS end_at,
      lag(from_id, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') OVER newest_first AS end_id
    FROM visible WINDOW newest_first AS (ORDER BY from_created_at DESC, from_id DESC)
  )
  SELECT a.total, s.end_at, s.end_id, skip - (s.upto - s.posts) AS skip INTO page
  FROM (SELECT sum(posts) AS total FROM visible) a
  LEFT JOIN (SELECT * FROM summed WHERE upto > skip ORDER BY upto LIMIT 1) s ON true;

  IF page.skip IS NULL THEN
    RETURN QUERY SELECT page.total::bigint, NULL::timestamptz, NULL::uuid;
    RETURN;
  END IF;
  RETURN QUERY
  SELECT page.total::bigint, f.created_at, f.id
  FROM (
    (
      SELECT p.created_at, p.id FROM posts p
      WHERE p.visibility = 'public' AND (p.created_at, p.id) < (page.end_at, page.end_id)
      ORDER BY p.created_at DESC, p.id DESC LIMIT page.skip + page_size
    )
    UNION ALL
    (
      SELECT p.created_at, p.id FROM posts p
      WHERE p.visibility = 'private' AND p.owner_id = reader AND (p.created_at, p.id) < (page.end_at, page.end_id)
      ORDER BY p.created_at DESC, p.id DESC LIMIT page.skip + page_size
    )
  ) f
  ORDER BY f.created_at DESC, f.id DESC OFFSET page.skip LIMIT page_size;
END
$function$
