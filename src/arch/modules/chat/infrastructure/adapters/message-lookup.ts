import { asc, eq, inArray } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { messages, users } from '../../../../common/infrastructure/database/schema.js';
import type { Message } from '../../domain/models/message.model.js';
import { messageColumns, senderColumns } from './chat.columns.js';

/** Waits for every transaction that is changing it. Answers whether there is such a conversation. */
export async function lockConversation(client: PoolClient, id: string): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'lock_conversation',
    text: 'select from conversations where id = $1 for no key update',
    values: [id],
  });
  return rowCount === 1;
}

/** Those of them that are stored, in the order of `rev` in their conversation. */
export async function storedMessages(database: Database, ids: readonly string[]): Promise<Message[]> {
  const rows = await database.query((db) =>
    db
      .select({ message: messageColumns, sender: senderColumns })
      .from(messages)
      .innerJoin(users, eq(users.id, messages.senderId))
      .where(inArray(messages.id, [...ids]))
      .orderBy(asc(messages.rev)),
  );
  return rows.map(({ message, sender }) => ({ ...message, sender }));
}
