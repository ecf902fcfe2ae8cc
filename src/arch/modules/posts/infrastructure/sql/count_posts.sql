-- Keeps the counts of posts, whoever writes (ADR 17): the triggers of the table posts.
CREATE OR REPLACE FUNCTION public.count_posts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$
