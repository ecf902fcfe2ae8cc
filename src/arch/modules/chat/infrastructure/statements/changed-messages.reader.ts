import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { PAGE_BYTES } from '../../../../common/domain/page-bytes.js';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { readMessageColumns, senderColumns } from './chat.columns.js';
import { toReadMessage } from './to-message.js';

const changedMessages = (db: Session) =>
  db
    .select(
      readMessageColumns(sql`${sql.placeholder('from')}::bigint`, sql`${sql.placeholder('userId')}::uuid`),
    )
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, sql.placeholder('conversationId')),
        gt(messages.rev, sql.placeholder('since')),
        // `+ 0` rules out the index of `seq`, which does not have this order.
        sql`${messages.seq} + 0 >= ${sql.placeholder('from')}::bigint`,
      ),
    )
    .orderBy(asc(messages.rev))
    .limit(sql.placeholder('limit'))
    .as('changed');

/** Of the JSON of a message no less than this is certain: the text, and the reactions without the blanks of their storage. */
const leastBytes = ({ content, details }: ReturnType<typeof changedMessages>) =>
  sql`octet_length(${content}) + coalesce(octet_length(replace((${details} -> 'reactions')::text, ' ', '')), 0)`;

/** Rows that cannot be on the page are not read: this alone has as many bytes as a page of JSON. */
const selectChanged = (db: Session) => {
  const changed = changedMessages(db);
  const measured = db
    .select({
      ...changed._.selectedFields,
      before:
        sql`coalesce(sum(${leastBytes(changed)}) over (order by ${changed.rev} rows between unbounded preceding and 1 preceding), 0)`.as(
          'before',
        ),
    })
    .from(changed)
    .as('measured');
  const { before, ...message } = measured._.selectedFields;
  return db
    .select({ message, sender: senderColumns })
    .from(measured)
    .innerJoin(userProfiles, eq(userProfiles.id, measured.senderId))
    .where(lte(before, PAGE_BYTES))
    .orderBy(asc(measured.rev))
    .prepare('messages_changed');
};

/** The messages that have changed after a `rev`, as a member sees them. */
export class ChangedMessagesReader {
  private readonly changed;

  constructor(database: Database) {
    this.changed = database.prepare(selectChanged);
  }

  /**
   * The first ones, in the order of `rev`. A `rev` is never lower than the `seq` of its message: so hidden messages are
   * passed over, not read.
   */
  async read(
    { id, me }: ConversationSummary,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ReadMessage[]> {
    const from = me.visibleFromSeq;
    const place = { conversationId: id, userId, from };
    const rows = await this.changed({ ...place, since: Math.max(since, from - 1), limit });
    return rows.map(({ message, sender }) => toReadMessage(message, sender));
  }
}
