-- Password hashes move into a table of the module auth (ADR 46). Nodes of before go on reading and writing
-- users.password_hash: triggers keep the two in step, both ways, until a later migration drops the column. There `!` stands
-- for an account without a password.
CREATE TABLE "credentials" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE FUNCTION copy_password_to_credentials() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.password_hash = '!' THEN
    DELETE FROM credentials WHERE user_id = NEW.id;
  ELSE
    INSERT INTO credentials AS kept (user_id, password_hash) VALUES (NEW.id, NEW.password_hash)
    ON CONFLICT (user_id) DO UPDATE SET password_hash = EXCLUDED.password_hash, changed_at = now()
    WHERE kept.password_hash <> EXCLUDED.password_hash;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE FUNCTION copy_password_to_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE users SET password_hash = '!', updated_at = now() WHERE id = OLD.user_id AND password_hash <> '!';
  ELSE
    UPDATE users SET password_hash = NEW.password_hash, updated_at = now()
    WHERE id = NEW.user_id AND password_hash <> NEW.password_hash;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER users_password_stored AFTER INSERT ON "users"
FOR EACH ROW WHEN (NEW.password_hash <> '!') EXECUTE FUNCTION copy_password_to_credentials();--> statement-breakpoint
CREATE TRIGGER users_password_changed AFTER UPDATE OF password_hash ON "users"
FOR EACH ROW WHEN (NEW.password_hash <> OLD.password_hash) EXECUTE FUNCTION copy_password_to_credentials();--> statement-breakpoint
-- In the same transaction as the triggers, whose lock on users keeps passwords as they are until all are copied.
INSERT INTO credentials (user_id, password_hash) SELECT id, password_hash FROM users WHERE password_hash <> '!';--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER credentials_changed AFTER INSERT OR UPDATE OF password_hash OR DELETE ON "credentials"
FOR EACH ROW EXECUTE FUNCTION copy_password_to_users();
