import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { PAGE_BYTES } from '../../../../common/domain/page-bytes.js';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { asked, type AskedChanges, askedRows, toAskedValues } from './asked-changes.js';
import { readMessageColumns, senderColumns } from './chat.columns.js';
import { toReadMessage } from './to-message.js';

const changedMessages = (db: Session) =>
  db
    .select(readMessageColumns(asked.visibleFrom, sql`${sql.placeholder('userId')}::uuid`))
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, asked.id),
        gt(messages.rev, asked.since),
        lte(messages.rev, asked.upTo),
        // `+ 0` rules out the index of `seq`, which does not have this order.
        sql`${messages.seq} + 0 >= ${asked.visibleFrom}`,
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
      place: sql`${asked.place}`.as('place'),
      before:
        sql`coalesce(sum(${leastBytes(changed)}) over (order by ${asked.place}, ${changed.rev} rows between unbounded preceding and 1 preceding), 0)`.as(
          'before',
        ),
    })
    .from(askedRows)
    .crossJoinLateral(changed)
    .as('measured');
  const { before, place, ...message } = measured._.selectedFields;
  return db
    .select({ message, sender: senderColumns })
    .from(measured)
    .innerJoin(userProfiles, eq(userProfiles.id, measured.senderId))
    .where(lte(before, PAGE_BYTES))
    .orderBy(asc(place), asc(measured.rev))
    .prepare('messages_changed');
};

/** The messages of conversations that have changed after a `rev` of each, as a member sees them. */
export class ChangedMessagesReader {
  private readonly changed;

  constructor(database: Database) {
    this.changed = database.prepare(selectChanged);
  }

  /**
   * The first ones of each conversation, in the order of `rev`, until all together have the bytes of a page. A `rev` is
   * never lower than the `seq` of its message: so hidden messages are passed over, not read.
   * @param limit for each conversation
   */
  async read(userId: string, changes: readonly AskedChanges[], limit: number): Promise<ReadMessage[]> {
    const visible = changes.map((one) => ({ ...one, since: Math.max(one.since, one.visibleFrom - 1) }));
    const rows = await this.changed({ ...toAskedValues(visible), userId, limit });
    return rows.map(({ message, sender }) => toReadMessage(message, sender));
  }
}
