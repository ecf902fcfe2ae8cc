import { sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationMembers as members,
  conversations,
  memberPositions,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { resultColumn as of } from './result-column.js';
import type { StoredDetails } from './to-message.js';

const activity = sql`timestamptz 'epoch' + ${sql.placeholder('activity')}::float8 * interval '1 microsecond'`;
const args = [
  sql.placeholder('userId'),
  sql.placeholder('limit'),
  activity,
  sql.placeholder('id'),
  sql.placeholder('type'),
  sql.placeholder('archived'),
  sql.placeholder('pinned'),
];

/** A page of a member's conversations, from the function of migration 0018. */
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
        type: of(conversations.type),
        metadata: of(conversations.metadata),
        posting: of(conversations.posting),
        adding: of(conversations.adding),
        slowModeSeconds: of(conversations.slowModeSeconds),
      },
      activity: sql<string>`activity`,
      me: {
        role: of(members.role),
        joinedAt: of(members.joinedAt),
        ownReadSeq: of(memberPositions.ownReadSeq),
        visibleFromSeq: of(members.visibleFromSeq),
        notify: of(members.notify),
        mutedUntil: of(members.mutedUntil),
        pinnedAt: of(members.pinnedAt),
        archivedAt: of(members.archivedAt),
        version: of(members.version),
        mentionCount: sql<number>`mention_count`,
      },
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
        details: sql<StoredDetails | null>`details`,
      },
      sender: {
        id: of(userProfiles.id, 'sender_id'),
        displayName: of(userProfiles.displayName),
        avatarUrl: of(userProfiles.avatarUrl),
      },
      other: {
        id: of(userProfiles.id, 'other_id'),
        displayName: of(userProfiles.displayName, 'other_display_name'),
        avatarUrl: of(userProfiles.avatarUrl, 'other_avatar_url'),
      },
    })
    .from(sql`list_conversations_3(${sql.join(args, sql`, `)})`)
    .prepare('list_conversations_3');
