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

/** For those who need to know no more of it. */
export async function requireConversationExists(id: string, conversations: ConversationIndex): Promise<void> {
  if (!(await conversations.exists(id))) throw new ConversationNotFoundError();
}

/** Only members read and write. */
export async function canAccessConversation(
  conversationId: string,
  userId: string,
  members: MembershipReader,
): Promise<void> {
  if (!(await members.isMember(conversationId, userId))) throw new NotConversationMemberError();
}

/** The rule for adding members: the owner and the admins do, nobody else. */
export function requireRightToAddMember(requesterRole: MemberRole | null): void {
  if (requesterRole !== 'owner' && requesterRole !== 'admin') throw new CannotAddMemberError();
}

/** As `canAccessConversation`, for a role that was read behind the conversation's lock. */
export function requireMembership(role: MemberRole | null): void {
  if (role === null) throw new NotConversationMemberError();
}

/**
 * An account that has not ended.
 * @param subjects the accounts that are there, with their roles
 */
export function requireAccount(
  userId: string,
  subjects: ReadonlyMap<string, MemberRole | null>,
): MemberRole | null {
  const role = subjects.get(userId);
  if (role === undefined) throw new UserNotFoundError();
  return role;
}

/** Nobody is a member twice. */
export function requireNoMembership(role: MemberRole | null): void {
  if (role !== null) throw new AlreadyConversationMemberError();
}

/** For one member more. */
export function requirePlace({ memberCount }: Conversation): void {
  if (memberCount >= MEMBERS_MAX) throw new ConversationFullError();
}
