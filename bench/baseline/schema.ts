/**
 * The tables of the baseline: only what its statement needs. There are no foreign keys and no unique client message id.
 * The display name is stored with the membership. The fill factor leaves room for new versions of a counter's row on
 * its page (HOT updates).
 */
export const BASELINE_SCHEMA = `
create table conversations (
  id uuid primary key,
  last_seq bigint not null default 0
) with (fillfactor = 50);
create table members (
  conversation_id uuid not null,
  user_id uuid not null,
  display_name text not null,
  primary key (conversation_id, user_id)
);
create table messages (
  id uuid primary key,
  conversation_id uuid not null,
  sender_id uuid not null,
  content text not null,
  created_at timestamptz not null,
  seq bigint not null,
  client_message_id text,
  unique (conversation_id, seq)
);`;
