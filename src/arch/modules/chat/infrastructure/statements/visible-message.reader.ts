import { and, eq, gte, sql } from 'drizzle-orm';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { Message } from '../../domain/models/message.model.js';
import { messageColumns, senderColumns } from './chat.columns.js';
import { toMessage } from './to-message.js';

const visibleFrom = sql`${sql.placeholder('visibleFrom')}::bigint`;

const selectMessage = (db: Session) =>
  db
    .select({ message: messageColumns(visibleFrom), sender: senderColumns })
    .from(messages)
    .innerJoin(userProfiles, eq(userProfiles.id, messages.senderId))
    .where(
      and(
        eq(messages.id, sql.placeholder('messageId')),
        eq(messages.conversationId, sql.placeholder('conversationId')),
        gte(messages.seq, visibleFrom),
      ),
    )
    .prepare('visible_message');

/** Reads one message as a member sees it. */
export class VisibleMessageReader {
  private readonly message;

  constructor(database: Database) {
    this.message = database.prepare(selectMessage);
  }

  /**
   * Null when the conversation has no such message, or hides it from the member.
   * @param visibleFromSeq the first message that the member sees
   */
  async find(conversationId: string, messageId: string, visibleFromSeq: number): Promise<Message | null> {
    const [row] = await this.message({ conversationId, messageId, visibleFrom: visibleFromSeq });
    return row ? toMessage(row.message, row.sender) : null;
  }
}
