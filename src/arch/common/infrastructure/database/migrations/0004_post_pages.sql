CREATE TABLE "post_blocks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "post_blocks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"from_created_at" timestamp with time zone NOT NULL,
	"from_id" uuid NOT NULL,
	"posts" integer NOT NULL,
	"public_posts" integer NOT NULL,
	CONSTRAINT "post_blocks_from_key" UNIQUE("from_created_at","from_id")
);
--> statement-breakpoint
CREATE TABLE "private_post_counts" (
	"owner_id" uuid NOT NULL,
	"block_id" bigint NOT NULL,
	"posts" integer NOT NULL,
	CONSTRAINT "private_post_counts_owner_id_block_id_pk" PRIMARY KEY("owner_id","block_id")
);
--> statement-breakpoint
ALTER TABLE "private_post_counts" ADD CONSTRAINT "private_post_counts_block_id_post_blocks_id_fk" FOREIGN KEY ("block_id") REFERENCES "public"."post_blocks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "private_post_counts_block_id_idx" ON "private_post_counts" USING btree ("block_id");--> statement-breakpoint
CREATE INDEX "posts_public_idx" ON "posts" USING btree ("created_at","id") WHERE "posts"."visibility" = 'public';--> statement-breakpoint
CREATE INDEX "posts_private_idx" ON "posts" USING btree ("owner_id","created_at","id") WHERE "posts"."visibility" = 'private';--> statement-breakpoint
-- How many posts lie in which part of the list, kept by triggers, whoever writes (ADR 17).
-- The first block begins before every post and always exists. Its row is the lock: counts change one transaction at
-- a time, so that a block is never cut while another transaction counts a post into it. Every statement of these
-- functions takes a new snapshot, so what comes after the lock sees what its last holder has left behind.
INSERT INTO post_blocks (from_created_at, from_id, posts, public_posts)
VALUES ('-infinity', '00000000-0000-0000-0000-000000000000', 0, 0);
--> statement-breakpoint
-- Cuts a block into pieces of 500 posts; the newest piece is what is left over.
CREATE FUNCTION cut_post_block(block bigint) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
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
$$;
--> statement-breakpoint
-- Counts posts in (step 1) or out (-1). An owner is given for private posts only. STRICT: without posts nothing is done.
CREATE FUNCTION change_post_counts(created_ats timestamptz[], ids uuid[], owner_ids uuid[], steps integer[]) RETURNS void
LANGUAGE plpgsql STRICT
SET enable_seqscan = off
AS $$
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
$$;
--> statement-breakpoint
CREATE FUNCTION count_posts() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  CASE TG_OP
  WHEN 'INSERT' THEN
    PERFORM change_post_counts(array_agg(created_at), array_agg(id), array_agg(owner_id), array_agg(1))
    FROM (
      SELECT created_at, id, CASE visibility WHEN 'private' THEN owner_id END AS owner_id FROM new_posts
    ) c;
  WHEN 'DELETE' THEN
    PERFORM change_post_counts(array_agg(created_at), array_agg(id), array_agg(owner_id), array_agg(-1))
    FROM (
      SELECT created_at, id, CASE visibility WHEN 'private' THEN owner_id END AS owner_id FROM old_posts
    ) c;
  WHEN 'UPDATE' THEN
    -- A change of the text alone adds up to nothing, and takes no lock.
    PERFORM change_post_counts(array_agg(created_at), array_agg(id), array_agg(owner_id), array_agg(step))
    FROM (
      SELECT created_at, id, owner_id, sum(step)::integer AS step
      FROM (
        SELECT created_at, id, CASE visibility WHEN 'private' THEN owner_id END AS owner_id, -1 AS step FROM old_posts
        UNION ALL
        SELECT created_at, id, CASE visibility WHEN 'private' THEN owner_id END, 1 FROM new_posts
      ) both_states
      GROUP BY created_at, id, owner_id HAVING sum(step) <> 0
    ) c;
  ELSE
    PERFORM FROM post_blocks WHERE from_created_at = '-infinity' FOR UPDATE;
    DELETE FROM private_post_counts;
    DELETE FROM post_blocks WHERE from_created_at <> '-infinity';
    UPDATE post_blocks SET posts = 0, public_posts = 0;
  END CASE;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER posts_count_inserted AFTER INSERT ON posts REFERENCING NEW TABLE AS new_posts
FOR EACH STATEMENT EXECUTE FUNCTION count_posts();
--> statement-breakpoint
CREATE TRIGGER posts_count_deleted AFTER DELETE ON posts REFERENCING OLD TABLE AS old_posts
FOR EACH STATEMENT EXECUTE FUNCTION count_posts();
--> statement-breakpoint
CREATE TRIGGER posts_count_updated AFTER UPDATE ON posts REFERENCING OLD TABLE AS old_posts NEW TABLE AS new_posts
FOR EACH STATEMENT EXECUTE FUNCTION count_posts();
--> statement-breakpoint
CREATE TRIGGER posts_count_truncated AFTER TRUNCATE ON posts
FOR EACH STATEMENT EXECUTE FUNCTION count_posts();
--> statement-breakpoint
-- The posts that are there already; their table is locked for writing since the triggers were made.
SELECT change_post_counts(array_agg(created_at), array_agg(id), array_agg(CASE visibility WHEN 'private' THEN owner_id END), array_agg(1))
FROM posts;
--> statement-breakpoint
-- The keys of one page, newest first, of what is public and the reader's own (of what is public when the reader is
-- null), with the number of all of them; one row without a key when the page is empty. The counts of the blocks say
-- in which block the page begins; of that block at most 1,000 index entries are walked, of each kind.
-- A function that replaces this one needs another name: an older node may still call this one.
CREATE FUNCTION find_posts(reader uuid, skip bigint, page_size integer)
RETURNS TABLE (total bigint, created_at timestamptz, id uuid)
LANGUAGE plpgsql STABLE ROWS 20
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
-- The reader's private counts are read once, not for every block.
SET enable_nestloop = off
AS $$
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
$$;
