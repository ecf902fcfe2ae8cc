import { randomUUIDv7 } from 'node:crypto';
import { toThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { TestDatabase } from './test-database.js';

interface OfDatabase {
  readonly postgres: TestDatabase;
}

const OPEN = `
with thread as (
  insert into conversations (id, type, created_by, parent_id, root_seq, member_count) values ($1, 'thread', $4, $2, $3, 0)
)
update messages set thread_id = $1 where conversation_id = $2 and seq = $3`;

/** After those that are there, one a millisecond. */
const ADD_REPLIES = `
insert into messages (conversation_id, sender_id, content, created_at, seq, rev, content_sha256)
select id, $2, 'Reply ' || n, clock_timestamp() + n * interval '1 millisecond', last_seq + n, rev + n, ''
from conversation_heads, generate_series(1, $3::int) n where id = $1`;

/** Adds the row of a thread, without an event; returns its id. */
export async function openThread(
  { postgres }: OfDatabase,
  parentId: string,
  rootSeq: number,
  openedBy: string,
): Promise<string> {
  const id = toThreadId(randomUUIDv7());
  await postgres.query(OPEN, [id, parentId, rootSeq, openedBy]);
  return id;
}

/** Adds the rows of replies, without events; nobody follows by that. */
export async function addReplies(
  { postgres }: OfDatabase,
  threadId: string,
  senderId: string,
  count: number,
): Promise<void> {
  await postgres.query(ADD_REPLIES, [threadId, senderId, count]);
}
