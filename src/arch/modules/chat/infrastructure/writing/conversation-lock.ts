import type { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';

const LOCK_CONVERSATION = {
  name: 'lock_conversation',
  text: 'select from conversations where id = $1 for no key update',
};
/** Milliseconds: four times as long as a batch does, for which others wait. */
const LONGER_WAIT = 1_000;
const WAIT_LONGER = `set local lock_timeout = ${LONGER_WAIT}`;

/**
 * Does some work in a transaction that has waited for every other one that is changing the conversation.
 * @throws ConversationNotFoundError
 */
export function behindLock<T>(
  database: Database,
  conversationId: string,
  work: () => Promise<T>,
): Promise<T> {
  return database.transaction(async (client) => {
    const { rowCount } = await client.query({ ...LOCK_CONVERSATION, values: [conversationId] });
    if (rowCount === 0) throw new ConversationNotFoundError();
    return work();
  }, 'messages');
}

/**
 * Does some work in a transaction that waits longer for locks: for whoever has found one already. Not on the only
 * connection for messages, for which all others wait meanwhile.
 */
export function patiently<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    if (database.sizes.messages > 1) await client.query(WAIT_LONGER);
    return work();
  }, 'messages');
}
