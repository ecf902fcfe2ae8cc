import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableName, gt, sql } from 'drizzle-orm';
import type { PersonalRecord } from '../../../../common/application/ports/personal-data.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { EXPORT_PAGE, exportPages } from '../../../../common/infrastructure/database/export-pages.js';
import {
  conversationBans,
  conversationChanges,
  conversationInvites,
  conversationMembers,
  conversations,
  memberPositions,
  messageMentions,
  messageReactions,
  messages,
  readMarks,
  threadFollowers,
  threadPositions,
  userBlocks,
} from '../../../../common/infrastructure/database/schema.js';
import type { ChatExportPort } from '../../application/ports/chat-export.port.js';
import { exportMessages } from '../statements/exported-messages.js';

const { conversationId, role, joinedAt, lastReadSeq, notify, mutedUntil, pinnedAt, archivedAt } =
  memberPositions;

/**
 * Messages and the creator of a conversation stay for other members. The log of changes refers to users by their ids
 * alone, and outlives an account as messages do; it is not exported, because it repeats the memberships.
 */
@Injectable()
export class ChatExportAdapter implements ChatExportPort {
  readonly tables = [
    conversations,
    conversationMembers,
    conversationChanges,
    conversationInvites,
    conversationBans,
    userBlocks,
    readMarks,
    messages,
    messageMentions,
    messageReactions,
    threadFollowers,
  ].map((table) => getTableName(table));

  constructor(private readonly database: Database) {}

  async *export(userId: string): AsyncGenerator<PersonalRecord> {
    yield* this.bansOf(userId);
    for await (const membership of this.memberships(userId)) {
      yield membership;
      const { conversationId: conversation } = membership.data as { conversationId: string };
      yield* this.invitesOf(userId, conversation);
      yield* exportMessages(this.database, userId, conversation);
      yield* this.mentionsOf(userId, conversation);
      yield* this.followedThreadsOf(userId, conversation);
      for await (const { data } of this.threadsOf(userId, conversation)) {
        const { thread } = data as { thread: string };
        yield* exportMessages(this.database, userId, thread);
        yield* this.mentionsOf(userId, thread);
      }
    }
    yield* this.reactionsOf(userId);
    yield* this.blocksOf(userId);
  }

  /** Those that stay where the user is no member any more, too. */
  private reactionsOf(userId: string): AsyncIterable<PersonalRecord> {
    const { messageId, key, emoji, createdAt: reactedAt } = messageReactions;
    return exportPages('reaction', (after: { messageId: string; key: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ messageId, key, emoji, reactedAt })
          .from(messageReactions)
          .where(
            and(
              eq(messageReactions.userId, userId),
              after && sql`(${messageId}, ${key}) > (${after.messageId}, ${after.key})`,
            ),
          )
          .orderBy(asc(messageId), asc(key))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  /** Only the user's own: others who block the user do not want that known. */
  private blocksOf(userId: string): AsyncIterable<PersonalRecord> {
    const { blockerId, blockedId, createdAt: blockedAt } = userBlocks;
    return exportPages('block', (after: { userId: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ userId: blockedId, blockedAt })
          .from(userBlocks)
          .where(and(eq(blockerId, userId), after && gt(blockedId, after.userId)))
          .orderBy(asc(blockedId))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  /** The bans of the user, with their reasons; not those that the user imposed: they are about others. */
  private bansOf(userId: string): AsyncIterable<PersonalRecord> {
    const { conversationId: bannedFrom, reason, createdAt: bannedAt, until } = conversationBans;
    return exportPages('ban', (after: { conversationId: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ conversationId: bannedFrom, reason, bannedAt, until })
          .from(conversationBans)
          .where(and(eq(conversationBans.userId, userId), after && gt(bannedFrom, after.conversationId)))
          .orderBy(asc(bannedFrom))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  private memberships(userId: string): AsyncIterable<PersonalRecord> {
    const isCreator = sql<boolean>`${conversations.createdBy} = ${memberPositions.userId}`;
    return exportPages('membership', (after: { conversationId: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({
            conversationId,
            title: conversations.title,
            isCreator,
            role,
            joinedAt,
            lastReadSeq,
            notify,
            mutedUntil,
            pinnedAt,
            archivedAt,
          })
          .from(memberPositions)
          .innerJoin(conversations, eq(conversations.id, conversationId))
          .where(and(eq(memberPositions.userId, userId), after && gt(conversationId, after.conversationId)))
          .orderBy(asc(conversationId))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  private invitesOf(userId: string, conversation: string): AsyncIterable<PersonalRecord> {
    const { id: inviteId, createdBy, expiresAt, maxUses, uses, history } = conversationInvites;
    const own = and(eq(conversationInvites.conversationId, conversation), eq(createdBy, userId));
    return exportPages('invite', (after: { id: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({
            id: inviteId,
            conversationId: conversationInvites.conversationId,
            createdAt: conversationInvites.createdAt,
            expiresAt,
            maxUses,
            uses,
            history,
          })
          .from(conversationInvites)
          .where(and(own, after && gt(inviteId, after.id)))
          .orderBy(asc(inviteId))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  private followedThreadsOf(userId: string, parent: string): AsyncIterable<PersonalRecord> {
    const { threadId, parentId, followedAt } = threadPositions;
    const own = and(eq(threadPositions.userId, userId), eq(parentId, parent));
    return exportPages('followed_thread', (after: { threadId: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({
            threadId,
            conversationId: parentId,
            lastReadSeq: threadPositions.lastReadSeq,
            followedAt,
          })
          .from(threadPositions)
          .where(and(own, after && gt(threadId, after.threadId)))
          .orderBy(asc(threadId))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  /** The threads of a conversation that have replies of the user, or mention the user; followed or not. */
  private threadsOf(userId: string, parent: string): AsyncIterable<PersonalRecord> {
    const { id: thread } = conversations;
    const concerns = sql`(
      exists (select from ${messages} where ${messages.conversationId} = ${thread} and ${messages.senderId} = ${userId})
      or exists (
        select from ${messageMentions}
        where ${messageMentions.conversationId} = ${thread} and ${messageMentions.userId} = ${userId}
      )
    )`;
    return exportPages('thread', (after: { thread: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ thread })
          .from(conversations)
          .where(and(eq(conversations.parentId, parent), after && gt(thread, after.thread), concerns))
          .orderBy(asc(thread))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  /** Which messages mention the user; what they say is their senders'. */
  private mentionsOf(userId: string, conversation: string): AsyncIterable<PersonalRecord> {
    const { conversationId: mentionedIn, seq: ofMessage } = messageMentions;
    const own = and(eq(mentionedIn, conversation), eq(messageMentions.userId, userId));
    return exportPages('mention', (after: { seq: number } | undefined) =>
      this.database.query((db) =>
        db
          .select({ conversationId: mentionedIn, seq: ofMessage })
          .from(messageMentions)
          .where(and(own, after && gt(ofMessage, after.seq)))
          .orderBy(asc(ofMessage))
          .limit(EXPORT_PAGE),
      ),
    );
  }
}
