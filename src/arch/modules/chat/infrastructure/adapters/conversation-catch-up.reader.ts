import { Injectable } from '@nestjs/common';
import { and, eq, gt, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { conversations } from '../../../../common/infrastructure/database/schema.js';
import type { ConversationCatchUpPort } from '../../application/ports/conversation-catch-up.port.js';
import type { ConversationCatchUp } from '../../domain/models/conversation-catch-up.model.js';
import { ChangedMessagesReader } from '../statements/changed-messages.reader.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { findMembers } from '../statements/find-members.js';

/** No row when the members have not changed. Together with the members it could read all of them to find that out. */
const selectIfMembersChanged = (db: Session) =>
  db
    .select({ membersRev: conversations.membersRev })
    .from(conversations)
    .where(
      and(
        eq(conversations.id, sql.placeholder('conversationId')),
        gt(conversations.membersRev, sql.placeholder('since')),
      ),
    )
    .prepare('members_changed');

@Injectable()
export class ConversationCatchUpReader implements ConversationCatchUpPort {
  private readonly changed;
  private readonly membersChanged;

  constructor(
    private readonly database: Database,
    private readonly list: ConversationListReader,
  ) {
    this.changed = new ChangedMessagesReader(database);
    this.membersChanged = database.prepare(selectIfMembersChanged);
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
      const { rev: upTo, me } = conversation;
      const asked = { conversationId, since, upTo, visibleFrom: me.visibleFromSeq };
      const messages = await this.changed.read(userId, [asked], limit);
      const isChanged = (await this.membersChanged({ conversationId, since })).length > 0;
      const members = isChanged ? await findMembers(this.database, conversationId, userId) : null;
      return { conversation, messages, members };
    });
  }
}
