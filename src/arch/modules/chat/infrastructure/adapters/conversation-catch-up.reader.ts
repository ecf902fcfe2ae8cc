import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { PAGE_BYTES } from '../../../../common/domain/page-bytes.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversations,
  memberPositions,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { ConversationCatchUpPort } from '../../application/ports/conversation-catch-up.port.js';
import type { ConversationCatchUp } from '../../domain/models/conversation-catch-up.model.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import { memberColumns, messageColumns, senderColumns } from '../statements/chat.columns.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';

const changedMessages = (db: Session) =>
  db
    .select(messageColumns)
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, sql.placeholder('conversationId')),
        gt(messages.rev, sql.placeholder('since')),
      ),
    )
    .orderBy(asc(messages.rev))
    .limit(sql.placeholder('limit'))
    .as('changed');

/** Rows that cannot be on the page are not read: the contents alone have as many bytes as a page of JSON. */
const selectChanged = (db: Session) => {
  const changed = changedMessages(db);
  const measured = db
    .select({
      ...changed._.selectedFields,
      before:
        sql`coalesce(sum(octet_length(${changed.content})) over (order by ${changed.rev} rows between unbounded preceding and 1 preceding), 0)`.as(
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

/** No rows when the members have not changed. */
const selectMembersIfChanged = (db: Session) =>
  db
    .select(memberColumns)
    .from(conversations)
    .innerJoin(memberPositions, eq(memberPositions.conversationId, conversations.id))
    .innerJoin(userProfiles, eq(userProfiles.id, memberPositions.userId))
    .where(
      and(
        eq(conversations.id, sql.placeholder('conversationId')),
        gt(conversations.membersRev, sql.placeholder('since')),
      ),
    )
    .orderBy(asc(memberPositions.joinedAt), asc(memberPositions.userId))
    .prepare('members_if_changed');

@Injectable()
export class ConversationCatchUpReader implements ConversationCatchUpPort {
  private readonly changed;
  private readonly membersIfChanged;

  constructor(
    private readonly database: Database,
    private readonly list: ConversationListReader,
  ) {
    this.changed = database.prepare(selectChanged);
    this.membersIfChanged = database.prepare(selectMembersIfChanged);
  }

  findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ConversationCatchUp | null> {
    return this.database.snapshot(async () => {
      const conversation = await this.list.findOne(userId, conversationId);
      if (!conversation) return null;
      const rows = await this.changed({ conversationId, since, limit });
      const members: ConversationMember[] = await this.membersIfChanged({ conversationId, since });
      return {
        conversation,
        messages: rows.map(({ message, sender }) => ({ ...message, sender })),
        members: members.length > 0 ? members : null,
      };
    });
  }
}
