import { UserNotFoundError } from '../../src/arch/common/domain/errors/user-not-found.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  ConversationFilter,
  ConversationMemberRepositoryPort,
  ConversationPage,
  MemberPage,
  OldestMember,
} from '../../src/arch/modules/chat/application/ports/conversation-member-repository.port.js';

import type {
  ConversationMember,
  MemberRole,
} from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import { toMember, toSummary } from './chat-models.js';
import {
  type ChatState,
  ownDefaults,
  type StoredConversation,
  type StoredMember,
  toDate,
} from './chat-state.js';

export class ConversationMemberRepositoryFake implements ConversationMemberRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async addFirstMembers(conversationId: string, userIds: readonly [string, ...string[]]): Promise<void> {
    this.requireAccounts(userIds);
    const joinedAt = toDate(this.state.now());
    const members = userIds.map((userId, index) => {
      const role: MemberRole = index === 0 ? 'owner' : 'member';
      return [userId, { ...ownDefaults(), userId, role, joinedAt, lastReadSeq: 0 }] as const;
    });
    const byId = members.toSorted(([a], [b]) => (a < b ? -1 : 1));
    this.state.members.set(conversationId, new Map(byId));
  }

  readonly cached = {
    isMember: (conversationId: string, userId: string) => this.isMember(conversationId, userId),
  };

  async isMember(conversationId: string, userId: string): Promise<boolean> {
    if (this.state.isGone(conversationId, userId)) throw new ConversationNotFoundError();
    return this.state.member(conversationId, userId) !== undefined;
  }

  async findVisibleFrom(conversationId: string, userId: string): Promise<number | null> {
    if (this.state.isGone(conversationId, userId)) throw new ConversationNotFoundError();
    return this.state.member(conversationId, userId)?.visibleFromSeq ?? null;
  }

  async findMembersByConversation(conversationId: string): Promise<ConversationMember[]> {
    return this.membersAs(conversationId, null);
  }

  private membersAs(conversationId: string, readerId: string | null): ConversationMember[] {
    const members = [...(this.state.membersOf(conversationId)?.values() ?? [])];
    return members.map((member) => toMember(this.state, member, readerId));
  }

  /** In a thread only followers have read positions that are shown. */
  private asReader(
    conversationId: string,
    member: ConversationMember,
    readerId: string | null,
  ): ConversationMember {
    if (!this.state.conversations.get(conversationId)?.parent) return member;
    const { userId } = member;
    const follows = this.state.followers.get(conversationId)?.has(userId);
    const inThread = follows ? this.state.member(conversationId, userId) : undefined;
    return inThread ? toMember(this.state, inThread, readerId) : { ...member, lastReadSeq: 0 };
  }

  async findMember(
    conversationId: string,
    userId: string,
    readerId = userId,
  ): Promise<ConversationMember | null> {
    const member = this.state.member(conversationId, userId);
    return member ? toMember(this.state, member, readerId) : null;
  }

  async findMemberPage(
    conversationId: string,
    readerId: string,
    limit: number,
    cursor?: string,
  ): Promise<MemberPage> {
    const start = cursor === undefined ? 0 : Number(/^fake-member:(\d+)$/.exec(cursor)?.[1]);
    if (Number.isNaN(start)) throw new CursorInvalidError();
    const members = this.membersAs(conversationId, readerId).map((member) =>
      this.asReader(conversationId, member, readerId),
    );
    const end = start + limit;
    return {
      data: members.slice(start, end),
      nextCursor: members.length > end ? `fake-member:${end}` : null,
    };
  }

  async findConversationsByUser(
    userId: string,
    limit: number,
    cursor?: string,
    filter: ConversationFilter = {},
  ): Promise<ConversationPage> {
    const from = cursor === undefined ? undefined : placeIn(cursor);
    const conversationsOfMember = [...this.state.conversations.values()]
      .filter((one) => passes(filter, one, this.state.member(one.id, userId)))
      .filter((conversation) => this.state.isListed(conversation, userId))
      .toSorted((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
    const beyond =
      from === undefined ? conversationsOfMember : conversationsOfMember.filter((one) => placeOf(one) < from);
    const shown = beyond.slice(0, limit);
    const last = shown.at(-1);
    const data = await Promise.all(shown.map(({ id }) => this.findConversationOfUser(userId, id)));
    return {
      data: data.filter((summary) => summary !== null),
      nextCursor: last && beyond.length > limit ? `fake:${placeOf(last)}` : null,
    };
  }

  async findMembersAmong(conversationId: string, userIds: readonly string[]): Promise<string[]> {
    return userIds.filter((userId) => this.state.member(conversationId, userId));
  }

  async findConversationOfUser(userId: string, conversationId: string): Promise<ConversationSummary | null> {
    const conversation = this.state.conversations.get(conversationId);
    const member = this.state.member(conversationId, userId);
    return conversation && member ? toSummary(this.state, conversation, member) : null;
  }

  async findIdsOfMembers(conversationId: string): Promise<string[]> {
    return [...(this.state.members.get(conversationId)?.keys() ?? [])].toSorted();
  }

  async findIdsOfUser(userId: string): Promise<string[]> {
    const ids = [...this.state.members.keys()].filter((id) => this.state.member(id, userId));
    return ids.toSorted();
  }

  async findOldestOfEachRole(conversationId: string, exceptId: string): Promise<OldestMember[]> {
    const members = [...(this.state.members.get(conversationId)?.values() ?? [])];
    const others = members.filter(({ userId }) => userId !== exceptId);
    return others
      .filter(({ role }, index) => others.findIndex((other) => other.role === role) === index)
      .map(({ userId, role }) => ({ userId, role }));
  }

  private requireAccounts(ids: readonly string[]): void {
    if (!ids.every((id) => this.state.users.has(id))) throw new UserNotFoundError();
  }
}

function passes(
  { type, archived, pinned }: ConversationFilter,
  conversation: StoredConversation,
  member: StoredMember | undefined,
): boolean {
  if (!member) return false;
  const isArchived = member.archivedAt !== null;
  const isPinned = member.pinnedAt !== null;
  return (
    conversation.type === (type ?? conversation.type) &&
    isArchived === (archived ?? isArchived) &&
    isPinned === (pinned ?? isPinned)
  );
}

/** Sorts like `(activity, id)`. */
function placeOf({ activity, id }: StoredConversation): string {
  return `${String(activity).padStart(16, '0')}|${id}`;
}

function placeIn(cursor: string): string {
  const place = /^fake:(\d{16}\|[0-9a-f-]{36})$/.exec(cursor)?.[1];
  if (place === undefined) throw new CursorInvalidError();
  return place;
}
