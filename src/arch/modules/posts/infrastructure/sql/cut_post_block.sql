-- Cuts a block into pieces of 500 posts; the newest piece is what is left over (ADR 17).
CREATE OR REPLACE FUNCTION public.cut_post_block(block bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  first_at timestamptz;
  first_id uuid;
  next_at timestamptz := 'infinity';
  next_id uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  following record;
BEGIN
  SELECT from_created_at, from_id INTO first_at, first_id FROM post_blocks WHERE id = block;
  SELECT from_created_at, from_id INTO following FROM post_blocks
  WHERE (from_created_at, from_id) > (first_at, first_id) ORDER BY from_created_at, from_id LIMIT 1;
  IF FOUND THEN
    next_at := following.from_created_at;
    next_id := following.from_id;
  END IF;

  WITH pieces AS MATERIALIZED (
    SELECT created_at, id, visibility, (row_number() OVER (ORDER BY created_at, id) - 1) / 500 AS piece FROM posts
    WHERE (created_at, id) >= (first_at, first_id) AND (created_at, id) < (next_at, next_id)
  ), made AS (
    INSERT INTO post_blocks (from_created_at, from_id, posts, public_posts)
    SELECT min(created_at), (array_agg(id ORDER BY created_at, id))[1],
      count(*), count(*) FILTER (WHERE visibility = 'public')
    FROM pieces WHERE piece > 0 GROUP BY piece
  ), dropped AS (
    DELETE FROM private_post_counts WHERE block_id = block
  )
  UPDATE post_blocks b SET posts = p.posts, public_posts = p.public_posts
  FROM (
    SELECT count(*) AS posts, count(*) FILTER (WHERE visibility = 'public') AS public_posts FROM pieces WHERE piece = 0
  ) p
  WHERE b.id = block;

  INSERT INTO private_post_counts (owner_id, block_id, posts)
  SELECT p.owner_id, b.id, count(*) FROM posts p
  CROSS JOIN LATERAL (
    SELECT id FROM post_blocks WHERE (from_created_at, from_id) <= (p.created_at, p.id)
    ORDER BY from_created_at DESC, from_id DESC LIMIT 1
  ) b
  WHERE p.visibility = 'private'
    AND (p.created_at, p.id) >= (first_at, first_id) AND (p.created_at, p.id) < (next_at, next_id)
  GROUP BY p.owner_id, b.id;
END
$function$
