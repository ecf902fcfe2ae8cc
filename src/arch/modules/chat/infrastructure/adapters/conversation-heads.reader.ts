import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  memberPositions as members,
} from '../../../../common/infrastructure/database/schema.js';
import type { ConversationHeadsPort } from '../../application/ports/conversation-heads.port.js';
import type { MemberHead } from '../../domain/models/member-head.model.js';

const membershipOfReader = eq(members.userId, sql.placeholder('userId'));

/** Calls the function of migration 0011. */
const selectMostRecent = (db: Session) =>
  db
    .select({ id: sql<string>`id` })
    .from(
      sql`conversations_of_member(${sql.placeholder('userId')}, ${sql.placeholder('limit')}, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
    )
    .prepare('most_recent_conversations');

/** Starts from the requested ids: with `= any(…)` a prepared plan compares every membership with every id. */
const selectHeads = (db: Session) =>
  db
    .select({
      conversationId: heads.id,
      lastSeq: heads.lastSeq,
      rev: heads.rev,
      unreadCount: sql`${heads.lastSeq} - ${members.lastReadSeq}`.mapWith(Number),
    })
    .from(sql`unnest(${sql.placeholder('ids')}::uuid[]) with ordinality as asked (id, place)`)
    .innerJoin(members, and(membershipOfReader, eq(members.conversationId, sql`asked.id`)))
    .innerJoin(heads, eq(heads.id, members.conversationId))
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
