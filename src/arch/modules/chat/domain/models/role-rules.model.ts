import type { DomainError } from '../../../../common/domain/errors/domain.error.js';
import { CannotAddMemberError } from '../errors/cannot-add-member.error.js';
import { CannotChangeConversationError } from '../errors/cannot-change-conversation.error.js';
import { CannotChangeRoleError } from '../errors/cannot-change-role.error.js';
import { CannotDeleteConversationError } from '../errors/cannot-delete-conversation.error.js';
import { CannotMentionAllError } from '../errors/cannot-mention-all.error.js';
import { CannotRemoveMemberError } from '../errors/cannot-remove-member.error.js';
import { CannotDeleteMessageError } from '../errors/cannot-delete-message.error.js';
import { CannotPinMessageError } from '../errors/cannot-pin-message.error.js';
import { NotMessageAuthorError } from '../errors/not-message-author.error.js';
import { CannotRemoveReactionError } from '../errors/cannot-remove-reaction.error.js';
import type { MemberRole } from './conversation-member.model.js';

/**
 * Whom an action is about: the actor, another member by its role, somebody who is not a member, or the conversation as a
 * whole.
 */
export type RoleTarget = 'self' | MemberRole | 'outsider' | 'conversation';

export interface RoleRule {
  /** The allowed targets of each role. */
  readonly targets: Readonly<Record<MemberRole, readonly RoleTarget[]>>;
  /** The error for all other targets. */
  readonly refusal: new () => DomainError & { readonly code: string };
}

/**
 * What each role may do in a group. The policies, the 403s of the API document and the tests of roles are made from this
 * table.
 */
export const ROLE_RULES = {
  addMember: {
    targets: { owner: ['conversation'], admin: ['conversation'], member: [] },
    refusal: CannotAddMemberError,
  },
  /** Making, seeing and revoking invites, also where every member may add members. */
  invite: {
    targets: { owner: ['conversation'], admin: ['conversation'], member: [] },
    refusal: CannotAddMemberError,
  },
  /** Removing oneself is leaving. */
  removeMember: {
    targets: { owner: ['self', 'admin', 'member'], admin: ['self', 'member'], member: ['self'] },
    refusal: CannotRemoveMemberError,
  },
  banMember: {
    targets: { owner: ['admin', 'member', 'outsider'], admin: ['member', 'outsider'], member: [] },
    refusal: CannotRemoveMemberError,
  },
  changeRole: {
    targets: { owner: ['admin', 'member'], admin: [], member: [] },
    refusal: CannotChangeRoleError,
  },
  changeConversation: {
    targets: { owner: ['conversation'], admin: ['conversation'], member: [] },
    refusal: CannotChangeConversationError,
  },
  /** The functions that store messages decide the same. */
  mentionAll: {
    targets: { owner: ['conversation'], admin: ['conversation'], member: [] },
    refusal: CannotMentionAllError,
  },
  /** The target is the user whose reaction it is, who may not be a member any more. */
  removeReaction: {
    targets: {
      owner: ['self', 'admin', 'member', 'outsider'],
      admin: ['self', 'owner', 'admin', 'member', 'outsider'],
      member: ['self'],
    },
    refusal: CannotRemoveReactionError,
  },
  deleteConversation: {
    targets: { owner: ['conversation'], admin: [], member: [] },
    refusal: CannotDeleteConversationError,
  },
  /** The target of an action on a message is its author, who may not be a member any more. */
  editMessage: {
    targets: { owner: ['self'], admin: ['self'], member: ['self'] },
    refusal: NotMessageAuthorError,
  },
  /** Unless all members see them, or nobody does. */
  seeVersions: {
    targets: {
      owner: ['self', 'admin', 'member', 'outsider'],
      admin: ['self', 'owner', 'admin', 'member', 'outsider'],
      member: ['self'],
    },
    refusal: NotMessageAuthorError,
  },
  deleteMessage: {
    targets: {
      owner: ['self', 'admin', 'member', 'outsider'],
      admin: ['self', 'owner', 'admin', 'member', 'outsider'],
      member: ['self'],
    },
    refusal: CannotDeleteMessageError,
  },
  pinMessage: {
    targets: { owner: ['conversation'], admin: ['conversation'], member: [] },
    refusal: CannotPinMessageError,
  },
} as const satisfies Readonly<Record<string, RoleRule>>;

export type RoleAction = keyof typeof ROLE_RULES;
