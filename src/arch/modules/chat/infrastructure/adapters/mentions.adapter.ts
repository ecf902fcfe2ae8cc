import { Injectable } from '@nestjs/common';
import { and, desc, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  messageMentions,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { MentionPage, MentionsPort } from '../../application/ports/mentions.port.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { readMessageColumns, senderColumns } from '../statements/chat.columns.js';
import { decodeCursor, encodeCursor, type MentionCursor } from '../statements/mention-cursor.js';
import { toReadMessage } from '../statements/to-message.js';

/** The start of the first page: before every mention, in the year 2286. */
const START: MentionCursor = {
  instant: '9999999999999999',
  conversationId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  seq: '9007199254740991',
};

const before = sql`timestamptz 'epoch' + ${sql.placeholder('instant')}::float8 * interval '1 microsecond'`;
const args = [
  sql.placeholder('userId'),
  sql.placeholder('limit'),
  before,
  sql.placeholder('conversationId'),
  sql.placeholder('seq'),
];
const readerId = sql`${sql.placeholder('userId')}::uuid`;
const found = sql.raw('found');

/** One message, as LIMIT keeps this a look-up for each: as a join it could read the whole table. */
const foundMessage = (db: Session) =>
  db
    .select(readMessageColumns(sql`${found}.visible_from_seq`, readerId))
    .from(messages)
    .where(
      and(eq(messages.conversationId, sql`${found}.conversation_id`), sql`${messages.seq} >= ${found}.seq`),
    )
    .orderBy(messages.seq)
    .limit(1)
    .as('message');

const selectPage = (db: Session) => {
  const message = foundMessage(db);
  return db
    .select({
      instant: sql<string>`(extract(epoch from ${found}.created_at) * 1000000)::bigint::text`,
      seq: sql<string>`${found}.seq::text`,
      message: message._.selectedFields,
      sender: senderColumns,
    })
    .from(sql`mentions_of_member(${sql.join(args, sql`, `)}) as found`)
    .crossJoinLateral(message)
    .innerJoin(userProfiles, eq(userProfiles.id, message.senderId))
    .orderBy(desc(sql`${found}.created_at`), desc(sql`${found}.conversation_id`), desc(sql`${found}.seq`))
    .prepare('mentions_of_member');
};

@Injectable()
export class MentionsAdapter implements MentionsPort {
  private readonly page;

  constructor(private readonly database: Database) {
    this.page = database.prepare(selectPage);
  }

  async findPage(userId: string, limit: number, cursor?: string): Promise<MentionPage> {
    const position = cursor === undefined ? START : decodeCursor(cursor);
    const rows = await this.page({ userId, limit: limit + 1, ...position });
    const shown = rows.slice(0, limit).map(({ message, sender }) => toReadMessage(message, sender));
    const data = fittingMessages(shown);
    const last = rows.length > data.length ? rows[data.length - 1] : undefined;
    return {
      data,
      nextCursor: last ? encodeCursor({ ...last, conversationId: last.message.conversationId }) : null,
    };
  }

  async eraseMentions(userId: string): Promise<void> {
    await this.database.query((db) => db.delete(messageMentions).where(eq(messageMentions.userId, userId)));
  }
}
