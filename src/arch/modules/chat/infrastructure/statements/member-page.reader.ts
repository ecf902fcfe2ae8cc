import { and, asc, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  memberPositions as members,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { MemberPage } from '../../application/ports/conversation-member-repository.port.js';
import { memberColumns } from './chat.columns.js';
import { decodeCursor, encodeCursor, START } from './member-cursor.js';

const place = sql`(timestamptz 'epoch' + ${sql.placeholder('joined')}::float8 * interval '1 microsecond', ${sql.placeholder('id')}::uuid)`;

const selectMemberPage = (db: Session) =>
  db
    .select({
      member: memberColumns(sql.placeholder('readerId')),
      joined: sql<string>`(extract(epoch from ${members.joinedAt}) * 1000000)::bigint::text`,
    })
    .from(members)
    .innerJoin(userProfiles, eq(userProfiles.id, members.userId))
    .where(
      and(
        eq(members.conversationId, sql.placeholder('conversationId')),
        sql`(${members.joinedAt}, ${members.userId}) > ${place}`,
      ),
    )
    .orderBy(asc(members.joinedAt), asc(members.userId))
    .limit(sql.placeholder('limit'))
    .prepare('member_page');

/** Members of a conversation by pages: key ranges of a dedicated index. */
export class MemberPageReader {
  private readonly page;

  constructor(database: Database) {
    this.page = database.prepare(selectMemberPage);
  }

  async readPage(
    conversationId: string,
    readerId: string,
    limit: number,
    cursor?: string,
  ): Promise<MemberPage> {
    const from = cursor === undefined ? START : decodeCursor(cursor);
    const rows = await this.page({ conversationId, readerId, limit: limit + 1, ...from });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(({ member }) => member),
      nextCursor: last ? encodeCursor({ joined: last.joined, id: last.member.userId }) : null,
    };
  }
}
