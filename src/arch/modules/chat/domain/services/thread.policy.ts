import { ThreadNotAllowedError } from '../errors/thread-not-allowed.error.js';
import type { LockedMessage } from '../models/message-change.model.js';
import { isThreadId } from '../models/thread.model.js';
import {
  type ConversationIndex,
  type MembershipReader,
  requireAccess,
  requireMembership,
} from './membership.policy.js';
import { requireMessage, requireRightToSay } from './message-change.policy.js';

/** Requires a conversation that has members, roles and settings of its own: a thread has those of its parent. */
export function requireNoThread(conversationId: string): void {
  if (isThreadId(conversationId)) throw new ThreadNotAllowedError();
}

/** Like `requireAccess`, for what a thread has in its parent only. */
export async function requireAccessUnlessThread(
  conversationId: string,
  userId: string,
  conversations: ConversationIndex,
  members: MembershipReader,
): Promise<void> {
  await requireAccess(conversationId, userId, conversations, members);
  requireNoThread(conversationId);
}

/** Requires a message at which the actor may begin a thread: whoever may send may do so. */
export function requireThreadStart(found: LockedMessage): void {
  const role = requireMembership(found.actorRole);
  const { deletedAt } = requireMessage(found.message);
  if (deletedAt || found.isBlocked) throw new ThreadNotAllowedError();
  requireRightToSay(role, found);
}
