import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { AlreadyConversationMemberError } from '../errors/already-conversation-member.error.js';
import { ConversationFullError } from '../errors/conversation-full.error.js';
import { ConversationNotFoundError } from '../errors/conversation-not-found.error.js';
import { DirectConversationError } from '../errors/direct-conversation.error.js';
import { MemberNotFoundError } from '../errors/member-not-found.error.js';
import { NotConversationMemberError } from '../errors/not-conversation-member.error.js';
import { UserNotReachableError } from '../errors/user-not-reachable.error.js';
import type { VisibleHistory } from '../models/conversation-change.model.js';
import type { MemberRole } from '../models/conversation-member.model.js';
import type { ConversationSettings } from '../models/conversation-settings.model.js';
import { type Conversation, MEMBERS_MAX } from '../models/conversation.model.js';
import { requireRight } from './role.policy.js';

export interface ConversationReader {
  findById(id: string): Promise<Conversation | null>;
}

export interface ConversationIndex {
  exists(id: string): Promise<boolean>;
}

export interface MembershipReader {
  isMember(conversationId: string, userId: string): Promise<boolean>;
}

export interface HistoryAccess {
  findVisibleFrom(conversationId: string, userId: string): Promise<number | null>;
}

export async function requireConversation(
  id: string,
  conversations: ConversationReader,
): Promise<Conversation> {
  const conversation = await conversations.findById(id);
  if (!conversation) throw new ConversationNotFoundError();
  return conversation;
}

/** Requires that the conversation exists, for callers that need no more of it. */
export async function requireConversationExists(id: string, conversations: ConversationIndex): Promise<void> {
  if (!(await conversations.exists(id))) throw new ConversationNotFoundError();
}

/**
 * Only members may read and write.
 * @throws NotConversationMemberError; ConversationNotFoundError when the conversation was deleted
 */
export async function canAccessConversation(
  conversationId: string,
  userId: string,
  members: MembershipReader,
): Promise<void> {
  if (!(await members.isMember(conversationId, userId))) throw new NotConversationMemberError();
}

/**
 * Only members may read, each of them from its first visible message.
 * @returns the `seq` of that message
 */
export async function requireVisibleFrom(
  conversationId: string,
  userId: string,
  members: HistoryAccess,
): Promise<number> {
  const seq = await members.findVisibleFrom(conversationId, userId);
  if (seq === null) throw new NotConversationMemberError();
  return seq;
}

/** Requires a conversation of which the user is a member, for callers that need no more of it. */
export async function requireAccess(
  conversationId: string,
  userId: string,
  conversations: ConversationIndex,
  members: MembershipReader,
): Promise<void> {
  await requireConversationExists(conversationId, conversations);
  await canAccessConversation(conversationId, userId, members);
}

/** The owner and the admins may add members, or every member where the conversation says so. */
export function requireRightToAddMember(role: MemberRole, { adding }: ConversationSettings): void {
  if (adding !== 'all') requireRight('addMember', role, 'conversation');
}

/**
 * The part of the history that a new member sees. The owner and the admins decide it; other members show nobody what
 * they do not see themselves.
 * @param visibleFrom the first message that whoever adds the member sees
 */
export function shownHistory(role: MemberRole, visibleFrom: number, wanted: VisibleHistory): VisibleHistory {
  return role === 'member' && visibleFrom > 1 ? 'none' : wanted;
}

/** Like `canAccessConversation`, for a role that was read behind the conversation's lock. */
export function requireMembership(role: MemberRole | null): MemberRole {
  if (role === null) throw new NotConversationMemberError();
  return role;
}

/** Requires a conversation whose members and roles change. */
export function requireGroup({ type }: Conversation): void {
  if (type !== 'group') throw new DirectConversationError();
}

/** Across a block nothing is said, shown or changed in a direct conversation. */
export function requireNoBlock({ isBlocked }: { readonly isBlocked: boolean }): void {
  if (isBlocked) throw new UserNotReachableError();
}

/** Requires that somebody else is a member; returns the role. */
export function requireMember(role: MemberRole | null | undefined): MemberRole {
  if (role === null || role === undefined) throw new MemberNotFoundError();
  return role;
}

/**
 * Requires an account that has not been deleted.
 * @param subjects the existing accounts with their roles
 */
export function requireAccount(
  userId: string,
  subjects: ReadonlyMap<string, MemberRole | null>,
): MemberRole | null {
  const role = subjects.get(userId);
  if (role === undefined) throw new UserNotFoundError();
  return role;
}

/** A user is a member once. */
export function requireNoMembership(role: MemberRole | null): void {
  if (role !== null) throw new AlreadyConversationMemberError();
}

/** Requires room for one more member. */
export function requirePlace({ memberCount }: Conversation): void {
  if (memberCount >= MEMBERS_MAX) throw new ConversationFullError();
}
