-- Addresses are compared by bytes from here on, as they are stored: with ASCII letters in lower case (foldEmail).
-- Whose address it is when two accounts would have the same is for people to decide: nothing is changed then. The index
-- on lower(email) has kept such apart in no locale but the Turkish ones.
DO $$
DECLARE twins text;
BEGIN
  SELECT string_agg(ids, '; ') INTO twins FROM (
    SELECT string_agg(id::text, ' and ' ORDER BY created_at) AS ids
    FROM users GROUP BY lower(email COLLATE "C") HAVING count(*) > 1 LIMIT 10
  ) pairs;
  IF twins IS NOT NULL THEN
    RAISE EXCEPTION 'Accounts have e-mail addresses that differ only in case: users %. Change the address of one of each in the database, then start again.', twins;
  END IF;
END
$$;--> statement-breakpoint
DROP INDEX "users_email_key";--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE varchar(320) COLLATE "C";--> statement-breakpoint
UPDATE "users" SET "email" = lower("email") WHERE "email" <> lower("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_email_check" CHECK ("users"."email" = lower("users"."email" collate "C"));
