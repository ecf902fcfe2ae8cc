import { Injectable } from '@nestjs/common';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { Database } from '../../../../common/infrastructure/database/database.js';
import {
  conversationMembers,
  conversations,
  messages,
  users,
} from '../../../../common/infrastructure/database/schema.js';
import type { ConversationPage } from '../../application/ports/conversation-member-repository.port.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { conversationColumns, messageColumns, senderColumns } from './chat.columns.js';
import { decodeCursor, encodeCursor } from './conversation-cursor.js';

const activity = sql<string>`(extract(epoch from ${conversations.updatedAt}) * 1000000)::bigint::text`;

/** Conversations as one member sees them: each with the last message and the own unread count, in one statement. */
@Injectable()
export class ConversationListReader {
  constructor(private readonly database: Database) {}

  async page(userId: string, limit: number, cursor?: string): Promise<ConversationPage> {
    const from = cursor === undefined ? undefined : decodeCursor(cursor);
    const beyond =
      from &&
      sql`(${conversations.updatedAt}, ${conversations.id}) <
        (timestamptz 'epoch' + ${from.activity}::float8 * interval '1 microsecond', ${from.id}::uuid)`;
    const rows = await this.select(userId, beyond, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(toSummary),
      nextCursor: last ? encodeCursor({ activity: last.activity, id: last.conversation.id }) : null,
    };
  }

  async one(userId: string, conversationId: string): Promise<ConversationSummary | null> {
    const [row] = await this.select(userId, eq(conversations.id, conversationId), 1);
    return row ? toSummary(row) : null;
  }

  private select(userId: string, condition: SQL | undefined, limit: number) {
    return this.database.query((db) =>
      db
        .select({
          conversation: conversationColumns,
          activity,
          me: {
            role: conversationMembers.role,
            joinedAt: conversationMembers.joinedAt,
            lastReadSeq: conversationMembers.lastReadSeq,
          },
          message: messageColumns,
          sender: senderColumns,
        })
        .from(conversationMembers)
        .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
        .leftJoin(
          messages,
          and(eq(messages.conversationId, conversations.id), eq(messages.seq, conversations.lastSeq)),
        )
        .leftJoin(users, eq(users.id, messages.senderId))
        .where(and(eq(conversationMembers.userId, userId), condition))
        .orderBy(desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit),
    );
  }
}

type Row = Awaited<ReturnType<ConversationListReader['select']>>[number];

function toSummary({ conversation, me, message, sender }: Row): ConversationSummary {
  return {
    ...conversation,
    lastMessage: message && sender ? { ...message, sender } : null,
    me: { ...me, unreadCount: conversation.lastSeq - me.lastReadSeq },
  };
}
