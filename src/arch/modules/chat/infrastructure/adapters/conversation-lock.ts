import type { PoolClient } from 'pg';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';

const LOCK_CONVERSATION = {
  name: 'lock_conversation',
  text: 'select from conversations where id = $1 for no key update',
};

/**
 * Does some work in a transaction that has waited for every other one that is changing the conversation.
 * @throws ConversationNotFoundError
 */
export function behindLock<T>(
  database: Database,
  conversationId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return database.transaction(async (client) => {
    const { rowCount } = await client.query({ ...LOCK_CONVERSATION, values: [conversationId] });
    if (rowCount === 0) throw new ConversationNotFoundError();
    return work(client);
  }, 'messages');
}

/** Waits for its turn behind those who are changing the conversation, as long as one waits for a lock: a look says more. */
export async function waitForLock(database: Database, conversationId: string): Promise<void> {
  try {
    await behindLock(database, conversationId, async () => undefined);
  } catch {
    // Still locked, or the database is away.
  }
}
