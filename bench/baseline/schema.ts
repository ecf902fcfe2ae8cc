/**
 * The tables of the baseline: the least that its statement needs. No foreign keys, no unique client message id;
 * the name to show stands beside the membership, and a conversation's page has room for its next counters.
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
