import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationMembers as members,
  conversations,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';

/** A column of the function's result, decoded like the table's column. */
const of = <Column extends PgColumn>(column: Column, name = column.name) =>
  sql`${sql.identifier(name)}`.mapWith(column);

const activity = sql`timestamptz 'epoch' + ${sql.placeholder('activity')}::float8 * interval '1 microsecond'`;
const args = [sql.placeholder('userId'), sql.placeholder('limit'), activity, sql.placeholder('id')];

/** A page of a member's conversations, from the function of migration 0011. */
export const listConversations = (db: Session) =>
  db
    .select({
      conversation: {
        id: of(conversations.id),
        createdBy: of(conversations.createdBy),
        title: of(conversations.title),
        createdAt: of(conversations.createdAt),
        updatedAt: of(conversations.updatedAt),
        lastSeq: of(conversations.lastSeq),
        rev: of(conversations.rev),
        memberCount: of(conversations.memberCount),
      },
      activity: sql<string>`activity`,
      me: { role: of(members.role), joinedAt: of(members.joinedAt), lastReadSeq: of(members.lastReadSeq) },
      message: {
        id: of(messages.id, 'message_id'),
        conversationId: of(conversations.id),
        senderId: of(messages.senderId),
        content: of(messages.content),
        createdAt: of(messages.createdAt, 'message_created_at'),
        seq: of(messages.seq, 'message_seq'),
        rev: of(messages.rev, 'message_rev'),
        clientMessageId: of(messages.clientMessageId),
        editedAt: of(messages.editedAt),
        deletedAt: of(messages.deletedAt),
      },
      sender: {
        id: of(userProfiles.id, 'sender_id'),
        displayName: of(userProfiles.displayName),
        avatarUrl: of(userProfiles.avatarUrl),
      },
    })
    .from(sql`list_conversations(${sql.join(args, sql`, `)})`)
    .prepare('list_conversations');
