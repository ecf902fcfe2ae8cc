-- Names are folded by the server from here on (foldName, ADR 37), as the database's own `lower` depends on its locale.
-- Whoever stores a name without the folded one, an older node or SQL by hand, gets a makeshift, by which it is found
-- until a node folds it again. So do the names that are there already.
CREATE FUNCTION make_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_name := lower(regexp_replace(normalize(NEW.display_name, NFKD), '[\u0300-\u036f]', '', 'g'));
  NEW.search_folding := 0;
  RETURN NEW;
END
$$;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "search_name" DROP EXPRESSION;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_folding" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE TRIGGER users_name_stored BEFORE INSERT ON "users"
FOR EACH ROW WHEN (NEW.search_name IS NULL) EXECUTE FUNCTION make_search_name();--> statement-breakpoint
CREATE TRIGGER users_name_changed BEFORE UPDATE OF display_name ON "users"
FOR EACH ROW WHEN (NEW.display_name IS DISTINCT FROM OLD.display_name AND NEW.search_name = OLD.search_name)
EXECUTE FUNCTION make_search_name();--> statement-breakpoint
CREATE INDEX "users_search_folding_idx" ON "users" USING btree ("search_folding");
