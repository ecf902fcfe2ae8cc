import type { Message } from '../../domain/models/message.model.js';

/**
 * Stores one message; runs behind the lock on its conversation, in a snapshot taken after it.
 * $1 conversation, $2 sender, $3 id, $4 content, $5 client message id or null, $6 SHA-256 of the content.
 * Answers the stored row; the earlier one (`duplicate`) when the sender used $5 before; nothing when the
 * sender is not a member. `created_at` never goes back within a conversation, also when the clock does.
 */
export const STORE_MESSAGE = `
with sender as (
  select user_id from conversation_members where conversation_id = $1 and user_id = $2
), earlier as (
  select m.* from messages m join sender on sender.user_id = m.sender_id
  where m.conversation_id = $1 and m.client_message_id = $5
), stored as (
  insert into messages (id, conversation_id, sender_id, content, created_at, seq, rev, client_message_id, content_sha256)
  select $3, c.id, sender.user_id, $4, greatest(clock_timestamp(), c.updated_at), c.last_seq + 1, c.rev + 1, $5, $6
  from conversations c, sender
  where c.id = $1 and not exists (select from earlier)
  returning *
), head as (
  update conversations c set last_seq = stored.seq, rev = stored.rev, updated_at = stored.created_at
  from stored where c.id = stored.conversation_id
), own_position as (
  update conversation_members m set last_read_seq = stored.seq
  from stored where m.conversation_id = stored.conversation_id and m.user_id = stored.sender_id
)
select m.*, u.display_name, u.avatar_url
from (select *, false as duplicate from stored union all select *, true from earlier) m
join users u on u.id = m.sender_id`;

/** As `pg` reads it: `bigint` comes as text. */
export interface StoredRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly sender_id: string;
  readonly content: string;
  readonly created_at: Date;
  readonly seq: string;
  readonly rev: string;
  readonly client_message_id: string | null;
  readonly content_sha256: Buffer;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
  readonly duplicate: boolean;
  readonly display_name: string;
  readonly avatar_url: string | null;
}

export function toMessage(row: StoredRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    senderId: row.sender_id,
    sender: { id: row.sender_id, displayName: row.display_name, avatarUrl: row.avatar_url },
    content: row.content,
    createdAt: row.created_at,
    seq: Number(row.seq),
    rev: Number(row.rev),
    clientMessageId: row.client_message_id,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}
