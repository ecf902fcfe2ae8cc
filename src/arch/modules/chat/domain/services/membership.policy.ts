import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';

import { AlreadyConversationMemberError } from '../errors/already-conversation-member.error.js';
import { CannotAddMemberError } from '../errors/cannot-add-member.error.js';
import { ConversationFullError } from '../errors/conversation-full.error.js';
import { ConversationNotFoundError } from '../errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../errors/not-conversation-member.error.js';
import type { MemberRole } from '../models/conversation-member.model.js';
import { type Conversation, MEMBERS_MAX } from '../models/conversation.model.js';

export interface ConversationReader {
  findById(id: string): Promise<Conversation | null>;
}

export interface ConversationIndex {
  exists(id: string): Promise<boolean>;
}

export interface MembershipReader {
  isMember(conversationId: string, userId: string): Promise<boolean>;
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

/** The owner and admins may add members. */
export function requireRightToAddMember(requesterRole: MemberRole | null): void {
  if (requesterRole !== 'owner' && requesterRole !== 'admin') throw new CannotAddMemberError();
}

/** Like `canAccessConversation`, for a role that was read behind the conversation's lock. */
export function requireMembership(role: MemberRole | null): void {
  if (role === null) throw new NotConversationMemberError();
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
