import { and, eq, gte, sql } from 'drizzle-orm';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { readMessageColumns, senderColumns } from './chat.columns.js';
import { toReadMessage } from './to-message.js';

const visibleFrom = sql`${sql.placeholder('visibleFrom')}::bigint`;
const readerId = sql`${sql.placeholder('readerId')}::uuid`;

const selectMessage = (db: Session) =>
  db
    .select({ message: readMessageColumns(visibleFrom, readerId), sender: senderColumns })
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
   * @param reader whose own reactions come with it
   */
  async find(
    conversationId: string,
    messageId: string,
    visibleFromSeq: number,
    reader: string | null,
  ): Promise<ReadMessage | null> {
    const place = { conversationId, messageId, visibleFrom: visibleFromSeq };
    const [row] = await this.message({ ...place, readerId: reader });
    return row ? toReadMessage(row.message, row.sender) : null;
  }
}
