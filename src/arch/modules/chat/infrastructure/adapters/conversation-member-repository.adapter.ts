import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type {
  ConversationFilter,
  ConversationMemberRepositoryPort,
  ConversationPage,
  MemberPage,
  OldestMember,
} from '../../application/ports/conversation-member-repository.port.js';

import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { findMembers } from '../statements/find-members.js';
import { holdAccounts } from '../statements/held-accounts.js';
import { MemberPageReader } from '../statements/member-page.reader.js';
import { type FoundMembership, membershipsIn } from '../statements/memberships.js';
import { findThreadMembersAmong, threadMembershipsIn } from '../statements/thread-memberships.js';
import { ThreadPlaces } from '../statements/thread-places.js';
import { asReadersOfThread } from '../statements/thread-receipts.js';

@Injectable()
export class ConversationMemberRepositoryAdapter implements ConversationMemberRepositoryPort {
  private readonly ofConversations;
  private readonly ofThreads;
  readonly cached = {
    isMember: (conversationId: string, userId: string) =>
      findMembership(this.lookUp(conversationId).seen, conversationId, userId),
  };
  private readonly places;
  private readonly pages: MemberPageReader;

  constructor(
    private readonly database: Database,
    private readonly list: ConversationListReader,
  ) {
    this.ofConversations = lookUps(database, membershipsIn(database));
    this.ofThreads = lookUps(database, threadMembershipsIn(database));
    this.places = new ThreadPlaces(database);
    this.pages = new MemberPageReader(database);
  }

  async addFirstMembers(conversationId: string, userIds: readonly [string, ...string[]]): Promise<void> {
    const rows = userIds.map((userId, index) => ({
      conversationId,
      userId,
      role: index === 0 ? ('owner' as const) : ('member' as const),
    }));
    const held = await holdAccounts(this.database, userIds);
    if (held.length < userIds.length) throw new UserNotFoundError();
    await this.database.query((db) => db.insert(conversationMembers).values(rows));
  }

  async isMember(conversationId: string, userId: string): Promise<boolean> {
    return (await findMembership(this.lookUp(conversationId).current, conversationId, userId)) !== false;
  }

  async findVisibleFrom(conversationId: string, userId: string): Promise<number | null> {
    const found = await findMembership(this.lookUp(conversationId).current, conversationId, userId);
    return found ? found.visibleFromSeq : null;
  }

  async findMembersByConversation(conversationId: string): Promise<ConversationMember[]> {
    return findMembers(this.database, await this.ownerOfMembers(conversationId), null);
  }

  async findMember(
    conversationId: string,
    userId: string,
    readerId = userId,
  ): Promise<ConversationMember | null> {
    const from = await this.ownerOfMembers(conversationId);
    const [member] = await findMembers(this.database, from, readerId, userId);
    return member ?? null;
  }

  async findMemberPage(
    conversationId: string,
    readerId: string,
    limit: number,
    cursor?: string,
  ): Promise<MemberPage> {
    const page = await this.pages.readPage(
      await this.ownerOfMembers(conversationId),
      readerId,
      limit,
      cursor,
    );
    if (!isThreadId(conversationId)) return page;
    return { ...page, data: await asReadersOfThread(this.database, conversationId, readerId, page.data) };
  }

  findConversationsByUser(
    userId: string,
    limit: number,
    cursor?: string,
    filter?: ConversationFilter,
  ): Promise<ConversationPage> {
    return this.list.findPage(userId, limit, cursor, filter);
  }

  findConversationOfUser(userId: string, conversationId: string): Promise<ConversationSummary | null> {
    return this.list.findOne(userId, conversationId);
  }

  async findMembersAmong(conversationId: string, userIds: readonly string[]): Promise<string[]> {
    if (isThreadId(conversationId)) return findThreadMembersAmong(this.database, conversationId, userIds);
    const found = await this.database.query((db) =>
      db
        .select({ id: conversationMembers.userId })
        .from(conversationMembers)
        .where(
          and(
            eq(conversationMembers.conversationId, conversationId),
            inArray(conversationMembers.userId, [...userIds]),
          ),
        ),
    );
    return found.map(({ id }) => id);
  }

  async findIdsOfMembers(conversationId: string): Promise<string[]> {
    const found = await this.database.query((db) =>
      db
        .select({ id: conversationMembers.userId })
        .from(conversationMembers)
        .where(eq(conversationMembers.conversationId, conversationId))
        .orderBy(asc(conversationMembers.userId)),
    );
    return found.map(({ id }) => id);
  }

  async findIdsOfUser(userId: string): Promise<string[]> {
    const found = await this.database.query((db) =>
      db
        .select({ id: conversationMembers.conversationId })
        .from(conversationMembers)
        .where(eq(conversationMembers.userId, userId))
        .orderBy(asc(conversationMembers.conversationId)),
    );
    return found.map(({ id }) => id);
  }

  findOldestOfEachRole(conversationId: string, exceptId: string): Promise<OldestMember[]> {
    const { userId, role, joinedAt } = conversationMembers;
    return this.database.query((db) => {
      const oldest = db
        .selectDistinctOn([role], { userId, role, joinedAt })
        .from(conversationMembers)
        .where(and(eq(conversationMembers.conversationId, conversationId), ne(userId, exceptId)))
        .orderBy(role, asc(joinedAt), asc(userId))
        .as('oldest');
      return db
        .select({ userId: oldest.userId, role: oldest.role })
        .from(oldest)
        .orderBy(asc(oldest.joinedAt), asc(oldest.userId));
    });
  }

  private lookUp(conversationId: string): ReturnType<typeof lookUps> {
    return isThreadId(conversationId) ? this.ofThreads : this.ofConversations;
  }

  /** The conversation whose members these are: a thread has those of its parent. */
  private async ownerOfMembers(conversationId: string): Promise<string> {
    if (!isThreadId(conversationId)) return conversationId;
    return (await this.places.findPlace(conversationId))?.parentId ?? conversationId;
  }
}

/** For answers that are current, and for answers of which a positive one may be outdated. */
function lookUps(database: Database, find: (pairs: readonly string[]) => Promise<FoundMembership[]>) {
  return {
    current: new BatchedLookup<FoundMembership>(database, find),
    seen: new BatchedLookup<boolean | null>(
      database,
      async (pairs) => (await find(pairs)).map((found) => found && true),
      (isMember) => isMember === true,
    ),
  };
}

/** @throws ConversationNotFoundError when the conversation was deleted */
async function findMembership<Found extends object | boolean>(
  memberships: BatchedLookup<Found | null>,
  ...pair: [conversationId: string, userId: string]
): Promise<Found> {
  const found = await memberships.findValue(pair.join(' '));
  if (found === null) throw new ConversationNotFoundError();
  return found;
}
