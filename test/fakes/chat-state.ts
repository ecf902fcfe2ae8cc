import type { Invite } from '../../src/arch/modules/chat/domain/models/invite.model.js';
import type { Ban } from '../../src/arch/modules/chat/domain/models/ban.model.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import type { ConversationMember } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type { ConversationChange } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import {
  type OwnMembership,
  UNCHANGED_MEMBERSHIP,
} from '../../src/arch/modules/chat/domain/models/own-membership.model.js';
import type { Conversation } from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import { DEFAULT_SETTINGS } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import type { ThreadRoot } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import type { MessageVersion } from '../../src/arch/modules/chat/domain/models/message-version.model.js';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';

type Stored<T> = { -readonly [Key in keyof T]: T[Key] };

export type StoredUser = Stored<User>;
export type StoredMember = Stored<Omit<ConversationMember, 'displayName' | 'avatarUrl'>> &
  Stored<OwnDefaults> & {
    unread: MarkedUnread | null;
    /** The last position that was moved by marking, and the `rev` of then. */
    mark?: { readonly seq: number; readonly rev: number };
  };
/** A row of the followers of a thread. */
export interface StoredFollower {
  lastReadSeq: number;
  unread: MarkedUnread | null;
  version: number;
  readonly followedAt: Date;
  /** The thread's newest reply when it began. */
  readonly afterSeq: number;
}
/** Messages that the member has marked as unread: the first of them, and the read position then. */
interface MarkedUnread {
  readonly fromSeq: number;
  readonly atSeq: number;
}
type OwnDefaults = Omit<OwnMembership, 'role' | 'joinedAt' | 'lastReadSeq' | 'unreadCount'>;
export type StoredMessage = Stored<Omit<Message, 'sender' | 'replyTo' | 'thread'>> & {
  textAsFirstSent: string;
  /** Microseconds since 1970, as in PostgreSQL. */
  storedAt: number;
  replyToSeq?: number;
};
export type StoredConversation = Stored<Omit<Conversation, 'updatedAt'>> & {
  /** Microseconds since 1970, as in PostgreSQL. */
  activity: number;
  membersRev: number;
  isDeleted: boolean;
};

export type StoredInvite = Stored<Invite> & { readonly conversationId: string; readonly token: string };
export type StoredBan = Omit<Ban, 'displayName' | 'avatarUrl'> & { readonly conversationId: string };

/** A row of the reactions. */
export interface StoredReaction {
  readonly key: string;
  readonly userId: string;
  readonly emoji: string;
  readonly createdAt: Date;
}

/** A row of the log of changes. */
export interface StoredLogRow {
  readonly rev: number;
  readonly kind: string;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly afterSeq: number;
  readonly data: ConversationChange['data'];
  readonly createdAt: Date;
}

/** Of a membership that nobody has changed. */
export const ownDefaults = (): Stored<OwnDefaults> & Pick<StoredMember, 'unread'> => ({
  ...UNCHANGED_MEMBERSHIP,
  unread: null,
});

/** The state that the chat's fakes share, as the adapters share the tables. */
export class ChatState {
  users = new Map<string, StoredUser>();
  conversations = new Map<string, StoredConversation>();
  /** Ids of direct conversations, each by the ids of its users in their order, separated by a blank. */
  directs = new Map<string, string>();
  /** When each user was blocked, by the ids of who blocks and who is blocked, separated by a blank. */
  blocks = new Map<string, Date>();
  /** By conversation, then by user, in the order of joining; those of one instant by id. */
  members = new Map<string, Map<string, StoredMember>>();
  /** By conversation, in the order of `seq`. */
  messages = new Map<string, StoredMessage[]>();
  /** By thread, then by user. */
  followers = new Map<string, Map<string, StoredFollower>>();
  /** Earlier texts by message, in their order. */
  versions = new Map<string, MessageVersion[]>();
  /** Reactions by message, in the order of time. */
  reactions = new Map<string, StoredReaction[]>();
  /** By conversation, in the order of `rev`. */
  changes = new Map<string, StoredLogRow[]>();
  /** By `<conversation> <user>`. */
  bans = new Map<string, StoredBan>();
  /** By id. */
  invites = new Map<string, StoredInvite>();
  /** Users whose mentions have been erased. */
  unmentioned = new Set<string>();
  private clock = 0;

  /** Microseconds since 1970; never the same value twice. */
  now(): number {
    this.clock = Math.max(Date.now() * 1_000, this.clock + 1);
    return this.clock;
  }

  /** @throws ConversationNotFoundError */
  conversation(id: string): StoredConversation {
    const found = this.conversations.get(id);
    if (!found || found.isDeleted) throw new ConversationNotFoundError();
    return found;
  }

  /** The conversation whose members and rules hold: of a thread, its parent. */
  homeOf({ id, parent }: Pick<StoredConversation, 'id' | 'parent'>): StoredConversation {
    return this.conversation(parent?.conversationId ?? id);
  }

  threadAt(messageId: string): StoredConversation | undefined {
    return [...this.conversations.values()].find(({ parent }) => parent?.messageId === messageId);
  }

  /** Who follows already has its position. */
  follow(threadId: string, userId: string, lastReadSeq: number): void {
    const followers = this.followers.get(threadId) ?? new Map<string, StoredFollower>();
    const followedAt = toDate(this.now());
    if (!followers.has(userId))
      followers.set(userId, { lastReadSeq, unread: null, version: 0, followedAt, afterSeq: lastReadSeq });
    this.followers.set(threadId, followers);
  }

  /** Ends what members follow in the threads of a conversation, or only what one of them does. */
  endFollowing(parentId: string, userId?: string): void {
    for (const [threadId, followers] of this.followers) {
      if (this.conversations.get(threadId)?.parent?.conversationId !== parentId) continue;
      if (userId === undefined) followers.clear();
      else followers.delete(userId);
    }
  }

  member(conversationId: string, userId: string): StoredMember | undefined {
    const parent = this.conversations.get(conversationId)?.parent;
    if (!parent) return this.members.get(conversationId)?.get(userId);
    const member = this.member(parent.conversationId, userId);
    if (!member || member.visibleFromSeq > parent.seq) return undefined;
    return this.asInThread(conversationId, member);
  }

  /** To who does not follow, everything is read. */
  private asInThread(threadId: string, member: StoredMember): StoredMember {
    const { userId, role, joinedAt, notify, mutedUntil } = member;
    const own = { ...ownDefaults(), userId, role, joinedAt, notify, mutedUntil };
    const replies = this.messagesOf(threadId);
    const follower = this.followers.get(threadId)?.get(userId);
    if (!follower) return { ...own, lastReadSeq: replies.length };
    const { unread, version } = follower;
    const lastOwn = replies.findLast(({ senderId }) => senderId === userId)?.seq ?? 0;
    return { ...own, unread, version, lastReadSeq: Math.max(follower.lastReadSeq, lastOwn) };
  }

  /** Whether the conversation is not there for the user: it was deleted, or is a thread whose root the user does not see. */
  isGone(conversationId: string, userId: string): boolean {
    const conversation = this.conversations.get(conversationId);
    const { parent } = conversation ?? {};
    if (!parent) return conversation?.isDeleted === true;
    const { visibleFromSeq = 1 } = this.member(parent.conversationId, userId) ?? {};
    return this.isGone(parent.conversationId, userId) || visibleFromSeq > parent.seq;
  }

  /** Of a thread those of its parent. */
  membersOf(conversationId: string): ReadonlyMap<string, StoredMember> | undefined {
    const { parent } = this.conversations.get(conversationId) ?? {};
    return this.members.get(parent?.conversationId ?? conversationId);
  }

  openThread(id: string, createdBy: string, parent: ThreadRoot): void {
    const activity = this.now();
    this.conversations.set(id, {
      id,
      ...DEFAULT_SETTINGS,
      type: 'thread',
      title: null,
      createdBy,
      memberCount: 0,
      parent,
      isDeleted: false,
      createdAt: toDate(activity),
      activity,
      lastSeq: 0,
      rev: 0,
      membersRev: 0,
    });
  }

  /** Whether it is a direct conversation of which one member has blocked the other. */
  hasBlock(conversationId: string): boolean {
    if (this.conversations.get(conversationId)?.type !== 'direct') return false;
    const ids = [...(this.members.get(conversationId)?.keys() ?? [])];
    return ids.some((blocker) => ids.some((blocked) => this.blocks.has(`${blocker} ${blocked}`)));
  }

  /** Ends the invites of a conversation, or only those that one member has made. */
  endInvites(conversationId: string, createdBy?: string): void {
    for (const [id, invite] of this.invites) {
      const isOfMaker = createdBy === undefined || invite.createdBy === createdBy;
      if (invite.conversationId === conversationId && isOfMaker) this.invites.delete(id);
    }
  }

  /** Whether the user's lists have the conversation: a direct one that another user has opened begins with its first message. */
  isListed({ id, type, createdBy, lastSeq }: StoredConversation, userId: string): boolean {
    if (type === 'thread' || this.member(id, userId) === undefined) return false;
    return type === 'group' || createdBy === userId || lastSeq > 0;
  }

  /** Of a direct conversation the other user, or the user itself in notes to itself; null in a group. */
  otherIn(conversationId: string, userId: string): string | null {
    const [pair] = [...this.directs].find(([, id]) => id === conversationId) ?? [];
    const ids = pair?.split(' ');
    return ids?.find((id) => id !== userId) ?? ids?.[0] ?? null;
  }

  /** Those of a conversation and of all its threads. */
  messagesWithThreads(conversationId: string): StoredMessage[] {
    const threads = [...this.conversations.values()].filter(
      ({ parent }) => parent?.conversationId === conversationId,
    );
    return [conversationId, ...threads.map(({ id }) => id)].flatMap((id) => this.messagesOf(id));
  }

  messagesOf(conversationId: string): StoredMessage[] {
    return this.messages.get(conversationId) ?? [];
  }

  /** The messages that mention the user or everybody. */
  mentionsOf(conversationId: string, userId: string): StoredMessage[] {
    return this.messagesOf(conversationId).filter(
      ({ mentions, mentionsAll }) =>
        mentionsAll || (mentions?.includes(userId) && !this.unmentioned.has(userId)),
    );
  }

  changesOf(conversationId: string): StoredLogRow[] {
    return this.changes.get(conversationId) ?? [];
  }

  /** The log without the times. */
  logOf(conversationId: string): Omit<StoredLogRow, 'createdAt'>[] {
    return this.changesOf(conversationId).map((logged) => {
      const { createdAt: _, ...row } = logged;
      return row;
    });
  }

  /** A user as others see it. */
  profile(userId: string): { displayName: string; avatarUrl: string | null } {
    const { displayName, avatarUrl } = this.users.get(userId) ?? {};
    if (displayName === undefined) throw new Error(`The state has no user ${userId}.`);
    return { displayName, avatarUrl: avatarUrl ?? null };
  }

  /** Whether the user has read receipts on; true for nobody in particular. */
  showsReading(userId: string | null): boolean {
    return this.users.get(userId ?? '')?.readReceipts ?? true;
  }

  /** Returns a function that restores the present state. */
  remember(): () => void {
    const { users, conversations, directs, blocks, members, messages, followers, versions, reactions } = this;
    const { changes, bans, invites } = this;
    const before = structuredClone({
      users,
      conversations,
      directs,
      blocks,
      members,
      messages,
      followers,
      versions,
      reactions,
      changes,
      bans,
      invites,
    });
    return () => void Object.assign(this, before);
  }
}

export function toDate(microseconds: number): Date {
  return new Date(Math.floor(microseconds / 1_000));
}

export function asThreadOf(
  thread: StoredConversation,
  { memberCount, posting, slowModeSeconds }: StoredConversation,
): StoredConversation {
  return { ...thread, memberCount, posting, slowModeSeconds };
}
