import { Injectable } from '@nestjs/common';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads,
  conversationMembers,
  conversations,
  memberPositions,
  users,
} from '../../../../common/infrastructure/database/schema.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type {
  AddedMember,
  ConversationMemberRepositoryPort,
  ConversationPage,
  MarkedRead,
  MemberPage,
} from '../../application/ports/conversation-member-repository.port.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { AlreadyConversationMemberError } from '../../domain/errors/already-conversation-member.error.js';
import { ConversationFullError } from '../../domain/errors/conversation-full.error.js';
import type { ConversationMember, MemberRole } from '../../domain/models/conversation-member.model.js';
import { type ConversationSummary, MEMBERS_MAX } from '../../domain/models/conversation.model.js';
import { canAccessConversation, requireRightToAddMember } from '../../domain/services/membership.policy.js';
import { memberColumns } from '../statements/chat.columns.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { MemberPageReader } from '../statements/member-page.reader.js';
import { membershipsIn } from '../statements/memberships.js';
import { ReadPositions } from '../live/read-positions.js';

const selectRoleOf = (db: Session) =>
  db
    .select({ role: conversationMembers.role })
    .from(conversationMembers)
    .where(
      and(
        eq(conversationMembers.conversationId, sql.placeholder('conversationId')),
        eq(conversationMembers.userId, sql.placeholder('userId')),
      ),
    )
    .prepare('conversation_member_role');

@Injectable()
export class ConversationMemberRepositoryAdapter implements ConversationMemberRepositoryPort {
  private readonly roleOf;
  private readonly memberships: BatchedLookup<boolean>;
  private readonly membershipsSeen: BatchedLookup<boolean>;
  readonly cached = {
    isMember: (...pair: [conversationId: string, userId: string]) =>
      this.membershipsSeen.findValue(pair.join(' ')),
  };
  private readonly positions: ReadPositions;
  private readonly pages: MemberPageReader;

  constructor(
    private readonly database: Database,
    private readonly writer: ConversationWriter,
    private readonly list: ConversationListReader,
    private readonly live: ChatPublisherPort,
  ) {
    this.roleOf = database.prepare(selectRoleOf);
    const find = membershipsIn(database);
    this.memberships = new BatchedLookup(database, find);
    this.membershipsSeen = new BatchedLookup(database, find, (isMember) => isMember);
    this.positions = new ReadPositions(database, live);
    this.pages = new MemberPageReader(database);
  }

  async addFirstMembers(conversationId: string, userIds: readonly [string, ...string[]]): Promise<void> {
    const rows = userIds.map((userId, index) => ({
      conversationId,
      userId,
      role: index === 0 ? ('owner' as const) : ('member' as const),
    }));
    await this.holdAccounts(userIds);
    await this.database.query((db) => db.insert(conversationMembers).values(rows));
  }

  addMember(conversationId: string, requesterId: string, userId: string): Promise<AddedMember> {
    let added: AddedMember | undefined;
    return this.writer.write(
      conversationId,
      async () => {
        await canAccessConversation(conversationId, requesterId, this);
        requireRightToAddMember(await this.findRole(conversationId, requesterId));
        await this.holdAccounts([userId]);
        await this.insertMember(conversationId, userId);
        const rev = await this.countMember(conversationId);
        const [member] = await this.findMembers(conversationId, userId);
        const conversation = await this.list.findOne(userId, conversationId);
        if (!member || !conversation) throw new Error('The new member is not there.');
        added = { member, conversation, rev };
        return added;
      },
      async () => added && this.announceIfStored(conversationId, added),
      [userId],
    );
  }

  isMember(conversationId: string, userId: string): Promise<boolean> {
    return this.memberships.findValue(`${conversationId} ${userId}`);
  }

  async findRole(conversationId: string, userId: string): Promise<MemberRole | null> {
    const [found] = await this.roleOf({ conversationId, userId });
    return found?.role ?? null;
  }

  markRead(conversationId: string, userId: string, seq: number): Promise<MarkedRead | null> {
    return this.positions.markRead(conversationId, userId, seq);
  }

  findMembersByConversation(conversationId: string): Promise<ConversationMember[]> {
    return this.findMembers(conversationId);
  }

  findMemberPage(conversationId: string, limit: number, cursor?: string): Promise<MemberPage> {
    return this.pages.readPage(conversationId, limit, cursor);
  }

  findConversationsByUser(userId: string, limit: number, cursor?: string): Promise<ConversationPage> {
    return this.list.findPage(userId, limit, cursor);
  }

  findConversationOfUser(userId: string, conversationId: string): Promise<ConversationSummary | null> {
    return this.list.findOne(userId, conversationId);
  }

  /** Until the transaction ends none of them does: its departure sees the new membership. */
  private async holdAccounts(ids: readonly string[]): Promise<void> {
    const held = await this.database.query((db) =>
      db
        .select({ id: users.id })
        .from(users)
        .where(and(inArray(users.id, [...ids]), isNull(users.deletedAt)))
        .orderBy(asc(users.id))
        .for('share'),
    );
    if (held.length < ids.length) throw new UserNotFoundError();
  }

  private async insertMember(conversationId: string, userId: string): Promise<void> {
    const everythingRead = sql`(select ${conversationHeads.lastSeq} from ${conversationHeads} where ${conversationHeads.id} = ${conversationId})`;
    const added = await this.database.query((db) =>
      db
        .insert(conversationMembers)
        .values({ conversationId, userId, lastReadSeq: everythingRead, joinedAt: sql`clock_timestamp()` })
        .onConflictDoNothing()
        .returning({ userId: conversationMembers.userId }),
    );
    if (added.length === 0) throw new AlreadyConversationMemberError();
  }

  private async announceIfStored(
    conversationId: string,
    { member, conversation, rev }: AddedMember,
  ): Promise<void> {
    const [stored] = await this.findMembers(conversationId, member.userId);
    if (stored?.joinedAt.getTime() !== member.joinedAt.getTime()) return;
    this.live.publish({ kind: 'member_added', conversationId, rev, member });
    this.live.publish({ kind: 'conversation_added', userId: member.userId, conversation });
  }

  /** Takes the next `rev` for the new member. */
  private async countMember(conversationId: string): Promise<number> {
    const next = sql`(select ${conversationHeads.rev} + 1 from ${conversationHeads} where ${conversationHeads.id} = ${conversationId})`;
    const [head] = await this.database.query((db) =>
      db
        .update(conversations)
        .set({
          rev: next,
          membersRev: next,
          memberCount: sql`${conversations.memberCount} + 1`,
        })
        .where(eq(conversations.id, conversationId))
        .returning({ rev: conversations.rev, memberCount: conversations.memberCount }),
    );
    if (!head || head.memberCount > MEMBERS_MAX) throw new ConversationFullError();
    return head.rev;
  }

  private findMembers(conversationId: string, userId?: string): Promise<ConversationMember[]> {
    const which = and(
      eq(memberPositions.conversationId, conversationId),
      userId === undefined ? undefined : eq(memberPositions.userId, userId),
    );
    return this.database.query((db) =>
      db
        .select(memberColumns)
        .from(memberPositions)
        .innerJoin(users, eq(users.id, memberPositions.userId))
        .where(which)
        .orderBy(asc(memberPositions.joinedAt), asc(memberPositions.userId)),
    );
  }
}
