import type { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';

const LOCK_CONVERSATION = {
  name: 'lock_conversation',
  text: 'select from conversations where id = $1 and deleted_at is null for no key update',
};
/** $1 parent, $2 thread. The parent is locked first. */
const LOCK_THREAD = {
  name: 'lock_thread',
  text: `
with parent as materialized (
  select id from conversations where id = $1 and deleted_at is null for no key update
)
select from conversations
where id = $2 and parent_id = (select id from parent) and deleted_at is null for no key update`,
};
/** Milliseconds: four times the lock timeout of a batch, on which other writes wait. */
const LONGER_WAIT = 1_000;
const WAIT_LONGER = `set local lock_timeout = ${LONGER_WAIT}`;

interface LockedPlace {
  /** Of a thread, its parent; else the conversation. */
  readonly lane: string;
  readonly conversationId: string;
}

/**
 * Runs some work in a transaction that has waited for every other one that is changing the conversation, or its parent.
 * @throws ConversationNotFoundError also for a conversation that another transaction has just deleted
 */
export function behindLock<T>(
  database: Database,
  { lane, conversationId }: LockedPlace,
  work: () => Promise<T>,
): Promise<T> {
  const lock =
    lane === conversationId
      ? { ...LOCK_CONVERSATION, values: [conversationId] }
      : { ...LOCK_THREAD, values: [lane, conversationId] };
  return database.transaction(async (client) => {
    const { rowCount } = await client.query(lock);
    if (rowCount === 0) throw new ConversationNotFoundError();
    return work();
  }, 'messages');
}

/**
 * Runs some work in a transaction with a longer lock timeout, for writes that have found a lock already. Not on the
 * only connection for messages, for which all others would wait meanwhile.
 */
export function patiently<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    if (database.sizes.messages > 1) await client.query(WAIT_LONGER);
    return work();
  }, 'messages');
}
