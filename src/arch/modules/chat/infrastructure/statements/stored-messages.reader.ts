import { asc, eq, sql } from 'drizzle-orm';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { Message } from '../../domain/models/message.model.js';
import { messageColumns, SEES_ALL, senderColumns } from './chat.columns.js';
import { toMessage } from './to-message.js';

const selectByIds = (db: Session) =>
  db
    .select({ message: messageColumns(SEES_ALL), sender: senderColumns })
    .from(messages)
    .innerJoin(userProfiles, eq(userProfiles.id, messages.senderId))
    .where(sql`${messages.id} = any (${sql.placeholder('ids')}::uuid[])`)
    .orderBy(asc(messages.rev))
    .prepare('messages_by_id');

/** Reads which of some messages are stored. */
export class StoredMessagesReader {
  private readonly byIds;

  constructor(database: Database) {
    this.byIds = database.prepare(selectByIds, 'messages');
  }

  /** In the order of `rev` within each conversation. */
  async findMessages(ids: readonly string[]): Promise<Message[]> {
    if (ids.length === 0) return [];
    const rows = await this.byIds({ ids });
    return rows.map(({ message, sender }) => toMessage(message, sender));
  }
}
