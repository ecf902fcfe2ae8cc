import { Injectable } from '@nestjs/common';
import { and, between, desc, eq, gte, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { MessageRepositoryPort, SentMessage } from '../../application/ports/message-repository.port.js';
import type {
  StoredMessagePage,
  StoredMessageRange,
  StoredMessages,
} from '../../domain/models/message-page.model.js';
import type { MessageDraft } from '../../domain/models/message.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { readMessageColumns, senderColumns } from '../statements/chat.columns.js';
import { toReadMessage } from '../statements/to-message.js';
import { VisibleMessageReader } from '../statements/visible-message.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';

const lastSeqOnPage = sql`${conversationHeads.lastSeq} - (${sql.placeholder('page')}::bigint - 1) * ${sql.placeholder('limit')}::bigint`;

const visibleFrom = sql`${sql.placeholder('visibleFrom')}::bigint`;
const readerId = sql`${sql.placeholder('readerId')}::uuid`;

/** The order determines the index: a range of `seq` alone could use any that begins with the conversation. */
const messagesOnPage = (db: Session) =>
  db
    .select(readMessageColumns(visibleFrom, readerId))
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationHeads.id),
        sql`${messages.seq} <= ${lastSeqOnPage}`,
        sql`${messages.seq} > ${lastSeqOnPage} - ${sql.placeholder('limit')}::bigint`,
        gte(messages.seq, visibleFrom),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(sql.placeholder('limit'))
    .as('on_page');

/** `seq` is dense, so a page is a key range, and the total is a difference: no OFFSET, no COUNT. */
const selectPage = (db: Session) => {
  const shown = messagesOnPage(db);
  const total = sql`greatest(0, ${conversationHeads.lastSeq} - ${visibleFrom} + 1)`.mapWith(Number);
  return db
    .select({ total, rev: conversationHeads.rev, message: shown._.selectedFields, sender: senderColumns })
    .from(conversationHeads)
    .leftJoinLateral(shown, sql`true`)
    .leftJoin(userProfiles, eq(userProfiles.id, shown.senderId))
    .where(eq(conversationHeads.id, sql.placeholder('conversationId')))
    .orderBy(desc(shown.seq))
    .prepare('messages_page');
};

const messagesInRange = (db: Session) =>
  db
    .select(readMessageColumns(visibleFrom, readerId))
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationHeads.id),
        between(messages.seq, sql.placeholder('from'), sql.placeholder('to')),
      ),
    )
    .orderBy(desc(messages.seq))
    .as('in_range');

const selectRange = (db: Session) => {
  const shown = messagesInRange(db);
  return db
    .select({
      rev: conversationHeads.rev,
      lastSeq: conversationHeads.lastSeq,
      message: shown._.selectedFields,
      sender: senderColumns,
    })
    .from(conversationHeads)
    .leftJoinLateral(shown, sql`true`)
    .leftJoin(userProfiles, eq(userProfiles.id, shown.senderId))
    .where(eq(conversationHeads.id, sql.placeholder('conversationId')))
    .orderBy(desc(shown.seq))
    .prepare('messages_range');
};

type Row = Awaited<ReturnType<ReturnType<typeof selectPage | typeof selectRange>['execute']>>[number];

/** A conversation without any of the messages has one row, of the head alone. */
const toStoredMessages = (rows: readonly Row[]): StoredMessages => ({
  data: rows.flatMap(({ message, sender }) => (message && sender ? [toReadMessage(message, sender)] : [])),
  rev: rows[0]?.rev ?? 0,
});

@Injectable()
export class MessageRepositoryAdapter implements MessageRepositoryPort {
  private readonly page;
  private readonly range;
  private readonly visible;

  constructor(
    database: Database,
    private readonly writer: ConversationWriter,
  ) {
    this.page = database.prepare(selectPage);
    this.range = database.prepare(selectRange);
    this.visible = new VisibleMessageReader(database);
  }

  create(draft: MessageDraft): Promise<SentMessage> {
    return this.writer.store(draft);
  }

  async findByConversation(
    conversationId: string,
    page: number,
    limit: number,
    visibleFromSeq: number,
    reader: string | null = null,
  ): Promise<StoredMessagePage> {
    const place = { conversationId, page, limit, visibleFrom: visibleFromSeq };
    const rows = await this.page({ ...place, readerId: reader });
    return { ...toStoredMessages(rows), total: rows[0]?.total ?? 0 };
  }

  findMessage(
    conversationId: string,
    messageId: string,
    visibleFromSeq: number,
    reader: string | null = null,
  ): Promise<ReadMessage | null> {
    return this.visible.find(conversationId, messageId, visibleFromSeq, reader);
  }

  async findRange(
    conversationId: string,
    from: number,
    to: number,
    visibleFromSeq = 1,
    reader: string | null = null,
  ): Promise<StoredMessageRange> {
    const place = { conversationId, from, to, visibleFrom: visibleFromSeq };
    const rows = await this.range({ ...place, readerId: reader });
    return { ...toStoredMessages(rows), lastSeq: rows[0]?.lastSeq ?? 0 };
  }
}
