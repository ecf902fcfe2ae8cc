CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"title" varchar(255) NOT NULL,
	"content" text NOT NULL,
	"visibility" varchar(7) DEFAULT 'public' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "posts_visibility_check" CHECK ("posts"."visibility" in ('public', 'private'))
);
--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD COLUMN "rotated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD COLUMN "successor_hash" "bytea";--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD COLUMN "sealed_successor" "bytea";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_used_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" varchar(255);--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "ip" varchar(45);--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_name" text GENERATED ALWAYS AS (lower(regexp_replace(normalize(display_name, NFKD), '[\u0300-\u036f]', '', 'g'))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posts_owner_id_idx" ON "posts" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "posts_created_at_idx" ON "posts" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "refresh_tokens_successor_hash_idx" ON "refresh_tokens" USING btree ("successor_hash");--> statement-breakpoint
CREATE INDEX "refresh_tokens_sealed_idx" ON "refresh_tokens" USING btree ("rotated_at") WHERE "refresh_tokens"."sealed_successor" is not null;--> statement-breakpoint
CREATE INDEX "sessions_ended_at_idx" ON "sessions" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "users_search_idx" ON "users" USING btree ("search_name" collate "C","id") WHERE "users"."deleted_at" is null;--> statement-breakpoint
CREATE VIEW "public"."posts_public_view" AS (select "posts"."id", "posts"."owner_id", "users"."display_name" as "owner_display_name", "posts"."title", "posts"."content", "posts"."created_at", "posts"."updated_at" from "posts" inner join "users" on "users"."id" = "posts"."owner_id" where "posts"."visibility" = 'public');