import { Injectable } from '@nestjs/common';
import { and, desc, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers, conversations } from '../../../../common/infrastructure/database/schema.js';
import type { ConversationHeadsPort } from '../../application/ports/conversation-heads.port.js';
import type { MemberHead } from '../../domain/models/member-head.model.js';

const mine = eq(conversationMembers.userId, sql.placeholder('userId'));

const selectMostRecent = (db: Session) =>
  db
    .select({ id: conversations.id })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(mine)
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(sql.placeholder('limit'))
    .prepare('most_recent_conversations');

const selectHeads = (db: Session) =>
  db
    .select({
      conversationId: conversations.id,
      lastSeq: conversations.lastSeq,
      rev: conversations.rev,
      unreadCount: sql`${conversations.lastSeq} - ${conversationMembers.lastReadSeq}`.mapWith(Number),
    })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(and(mine, sql`${conversationMembers.conversationId} = any(${sql.placeholder('ids')}::uuid[])`))
    .prepare('conversation_heads');

@Injectable()
export class ConversationHeadsReader implements ConversationHeadsPort {
  private readonly mostRecent;
  private readonly heads;

  constructor(database: Database) {
    this.mostRecent = database.prepare(selectMostRecent);
    this.heads = database.prepare(selectHeads);
  }

  async findMostRecent(userId: string, limit: number): Promise<string[]> {
    return (await this.mostRecent({ userId, limit })).map(({ id }) => id);
  }

  async findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]> {
    const rows = await this.heads({ userId, ids: conversationIds });
    const byId = new Map(rows.map((row) => [row.conversationId, row]));
    return conversationIds.flatMap((id) => byId.get(id) ?? []);
  }
}
