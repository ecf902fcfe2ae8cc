import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import type { QueryResultRow } from 'pg';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  memberPositions as members,
} from '../../../../common/infrastructure/database/schema.js';
import type { ConversationHeadsPort } from '../../application/ports/conversation-heads.port.js';
import { mentionCount } from '../statements/chat.columns.js';
import { ALL_UNREAD, RECENT_UNREAD, type UnreadRow } from '../statements/unread-total.statement.js';
import type { UnreadTotal } from '../../domain/models/unread-total.model.js';
import type { MemberHead } from '../../domain/models/member-head.model.js';

const membershipOfReader = eq(members.userId, sql.placeholder('userId'));

/** Calls the function of migration 0017. A direct conversation that another user has opened is not found before its first message. */
const selectMostRecent = (db: Session) =>
  db
    .select({ id: sql<string>`id` })
    .from(
      sql`conversations_of_member_2(${sql.placeholder('userId')}, ${sql.placeholder('limit')}, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, null, null)`,
    )
    .prepare('most_recent_conversations');

/** Starts from the requested ids: with `= any(…)` a prepared plan compares every membership with every id. */
const selectHeads = (db: Session) =>
  db
    .select({
      conversationId: heads.id,
      lastSeq: heads.lastSeq,
      rev: heads.rev,
      unreadCount:
        sql`greatest(0, ${heads.lastSeq} - greatest(${members.ownReadSeq}, ${members.visibleFromSeq} - 1))`.mapWith(
          Number,
        ),
      mentionCount,
      visibleFromSeq: members.visibleFromSeq,
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

  constructor(private readonly database: Database) {
    this.mostRecent = database.prepare(selectMostRecent);
    this.heads = database.prepare(selectHeads);
  }

  async findMostRecent(userId: string, limit: number): Promise<string[]> {
    return (await this.mostRecent({ userId, limit })).map(({ id }) => id);
  }

  async countUnread(userId: string, most?: number): Promise<UnreadTotal> {
    const statement =
      most === undefined ? { ...ALL_UNREAD, values: [userId] } : { ...RECENT_UNREAD, values: [userId, most] };
    const [row] = await this.database.execute<UnreadRow & QueryResultRow>(statement);
    if (!row) throw new Error('A sum has no row.');
    return { ...row, messages: Number(row.messages), mentions: Number(row.mentions) };
  }

  findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]> {
    return this.heads({ userId, ids: conversationIds });
  }
}
