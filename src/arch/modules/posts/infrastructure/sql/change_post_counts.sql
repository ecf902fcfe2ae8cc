-- Counts posts in (step 1) or out (-1). An owner is given for private posts only. STRICT: without posts nothing is done.
CREATE OR REPLACE FUNCTION public.change_post_counts(created_ats timestamp with time zone[], ids uuid[], owner_ids uuid[], steps integer[])
 RETURNS void
 LANGUAGE plpgsql
 STRICT
 SET enable_seqscan TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
  touched bigint[];
  block bigint;
BEGIN
  PERFORM FROM post_blocks WHERE from_created_at = '-infinity' FOR UPDATE;

  WITH changed AS MATERIALIZED (
    SELECT b.id AS block_id, c.owner_id, sum(c.step) AS step
    FROM unnest(created_ats, ids, owner_ids, steps) AS c (created_at, id, owner_id, step)
    CROSS JOIN LATERAL (
      SELECT id FROM post_blocks WHERE (from_created_at, from_id) <= (c.created_at, c.id)
      ORDER BY from_created_at DESC, from_id DESC LIMIT 1
    ) b
    GROUP BY b.id, c.owner_id
  ), privately AS (
    INSERT INTO private_post_counts AS p (owner_id, block_id, posts)
    SELECT owner_id, block_id, step FROM changed WHERE owner_id IS NOT NULL
    ON CONFLICT (owner_id, block_id) DO UPDATE SET posts = p.posts + excluded.posts
  ), altogether AS (
    UPDATE post_blocks b SET posts = b.posts + c.step, public_posts = b.public_posts + c.public_step
    FROM (
      SELECT block_id, sum(step) AS step, coalesce(sum(step) FILTER (WHERE owner_id IS NULL), 0) AS public_step
      FROM changed GROUP BY block_id
    ) c
    WHERE b.id = c.block_id
    RETURNING b.id
  )
  SELECT array_agg(id) INTO touched FROM altogether;

  DELETE FROM private_post_counts WHERE block_id = ANY (touched) AND posts = 0;
  DELETE FROM post_blocks WHERE id = ANY (touched) AND posts = 0 AND from_created_at <> '-infinity';
  FOR block IN SELECT id FROM post_blocks WHERE id = ANY (touched) AND posts > 1000 LOOP
    PERFORM cut_post_block(block);
  END LOOP;
END
$function$
