CREATE TABLE "conversation_changes" (
	"conversation_id" uuid NOT NULL,
	"rev" bigint NOT NULL,
	"kind" varchar(32) NOT NULL,
	"actor_id" uuid,
	"subject_id" uuid,
	"after_seq" bigint NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_changes_conversation_id_rev_pk" PRIMARY KEY("conversation_id","rev"),
	CONSTRAINT "conversation_changes_data_check" CHECK (octet_length("conversation_changes"."data"::text) <= 4096)
);
--> statement-breakpoint
ALTER TABLE "conversation_changes" ADD CONSTRAINT "conversation_changes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;