import { EditWindowClosedError } from '../errors/edit-window-closed.error.js';
import { MessageChangedError } from '../errors/message-changed.error.js';
import { MessageDeletedError } from '../errors/message-deleted.error.js';
import { MessageNotFoundError } from '../errors/message-not-found.error.js';
import { PostingRestrictedError } from '../errors/posting-restricted.error.js';
import { TooManyPinsError } from '../errors/too-many-pins.error.js';
import type { MemberRole } from '../models/conversation-member.model.js';
import type { Conversation } from '../models/conversation.model.js';
import type { EditRules } from '../models/edit-rules.model.js';
import type { LockedMessage } from '../models/message-change.model.js';
import type { Message } from '../models/message.model.js';
import type { RoleAction } from '../models/role-rules.model.js';
import { requireNoBlock } from './membership.policy.js';
import { requireRight, requireRightOverOthers } from './role.policy.js';

/** Maximum pinned messages of a conversation. */
export const PINS_MAX = 250;

/** Requires a message that the actor sees. */
export function requireMessage<Found extends Message>(message: Found | null): Found {
  if (!message) throw new MessageNotFoundError();
  return message;
}

export function requireUndeleted({ deletedAt }: Pick<Message, 'deletedAt'>): void {
  if (deletedAt) throw new MessageDeletedError();
}

/**
 * Requires the right to do this to a message, which depends on whose it is. In a direct conversation both are members, so
 * that neither has a right over what the other has sent.
 */
export function requireRightToMessage(
  action: RoleAction,
  role: MemberRole,
  { senderId }: Message,
  actorId: string,
): void {
  if (senderId === actorId) requireRight(action, role, 'self');
  else requireRightOverOthers(action, role);
}

/** Both members of a direct conversation pin and unpin, unless one has blocked the other; it has no roles. */
export function requireRightToPin(role: MemberRole, found: LockedMessage): void {
  if (found.conversation.type === 'group') requireRight('pinMessage', role, 'conversation');
  requireNoBlock(found);
}

/** Requires room for one more pinned message. */
export function requirePinPlace(pinned: number): void {
  if (pinned >= PINS_MAX) throw new TooManyPinsError();
}

/** Requires that the message may still be edited. */
export function requireOpenWindow({ createdAt }: Message, now: Date, { windowSeconds }: EditRules): void {
  const age = now.getTime() - createdAt.getTime();
  if (windowSeconds > 0 && age > windowSeconds * 1_000) throw new EditWindowClosedError();
}

/** @param expectedRev the `rev` of the message that the actor has seen; undefined when any will do */
export function requireRev({ rev }: Message, expectedRev: number | undefined): void {
  if (expectedRev !== undefined && expectedRev !== rev) throw new MessageChangedError();
}

/** What is said by an edit is subject to the rules for messages; slow mode does not hold. */
export function requireRightToSay(
  role: MemberRole,
  found: Pick<LockedMessage, 'isBlocked'> & {
    readonly conversation: Pick<Conversation, 'posting'>;
  },
): void {
  if (role === 'member' && found.conversation.posting === 'admins') throw new PostingRestrictedError();
  requireNoBlock(found);
}
