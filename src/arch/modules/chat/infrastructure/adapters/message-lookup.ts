import { asc, eq, inArray } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { messages, users } from '../../../../common/infrastructure/database/schema.js';
import type { Message } from '../../domain/models/message.model.js';
import { messageColumns, senderColumns } from './chat.columns.js';

/** Waits for every transaction that is changing one of them. Answers how many of them there are. */
export async function lockConversations(client: PoolClient, ids: readonly string[]): Promise<number> {
  const { rowCount } = await client.query({
    name: 'lock_conversations',
    text: 'select from conversations where id = any ($1) order by id for no key update',
    values: [ids],
  });
  return rowCount ?? 0;
}

/** Those of them that are stored, in the order of `rev` within each conversation. */
export async function storedMessages(database: Database, ids: readonly string[]): Promise<Message[]> {
  const rows = await database.query((db) =>
    db
      .select({ message: messageColumns, sender: senderColumns })
      .from(messages)
      .innerJoin(users, eq(users.id, messages.senderId))
      .where(inArray(messages.id, [...ids]))
      .orderBy(asc(messages.conversationId), asc(messages.rev)),
  );
  return rows.map(({ message, sender }) => ({ ...message, sender }));
}
