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

/** Starts from what is asked for: with `= any(…)` a prepared plan compares every membership with every id. */
const selectHeads = (db: Session) =>
  db
    .select({
      conversationId: conversations.id,
      lastSeq: conversations.lastSeq,
      rev: conversations.rev,
      unreadCount: sql`${conversations.lastSeq} - ${conversationMembers.lastReadSeq}`.mapWith(Number),
    })
    .from(sql`unnest(${sql.placeholder('ids')}::uuid[]) with ordinality as asked (id, place)`)
    .innerJoin(conversationMembers, and(mine, eq(conversationMembers.conversationId, sql`asked.id`)))
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .orderBy(sql`asked.place`)
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

  findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]> {
    return this.heads({ userId, ids: conversationIds });
  }
}
