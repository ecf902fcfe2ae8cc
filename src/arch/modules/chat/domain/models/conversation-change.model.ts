import type { ConversationMember, MemberRole } from './conversation-member.model.js';
import type { Conversation, ConversationSummary } from './conversation.model.js';

/**
 * What can happen to a conversation besides messages; each takes a `rev`. `subjectId` is whom the change is about. The
 * data is what the log keeps, at most 4 KiB as JSON text: ids and what has changed, never a name or a picture, as it
 * outlives accounts.
 */
export type ConversationChange = MemberAddition | MemberRemoval;

interface MemberAddition {
  readonly kind: 'member_added';
  readonly subjectId: string;
  readonly data: { readonly id: string; readonly role: MemberRole };
}

interface MemberRemoval {
  readonly kind: 'member_removed';
  readonly subjectId: string;
  readonly data: {
    readonly reason: 'account_deleted';
    /** Who owns the conversation from now on, when the member did. */
    readonly heirId?: string;
  };
}

export type ChangeKind = ConversationChange['kind'];
export type ChangeOf<Kind extends ChangeKind> = Extract<ConversationChange, { kind: Kind }>;

/** What answers and events show of a change, as it is in the change's own transaction. */
export interface ChangeResults {
  member_added: {
    readonly member: ConversationMember;
    /** As the new member's list shows it. */
    readonly conversation: ConversationSummary;
  };
  member_removed: null;
}

/** A change with its place in the conversation's history. */
export type StoredChange<Kind extends ChangeKind = ChangeKind> = {
  [Each in Kind]: {
    readonly kind: Each;
    readonly conversationId: string;
    readonly rev: number;
    readonly actorId: string;
    readonly change: ChangeOf<Each>;
    readonly result: ChangeResults[Each];
  };
}[Kind];

/** What a change is decided on: nobody else changes any of it until the change is stored or refused. */
export interface LockedConversation {
  readonly conversation: Conversation;
  /** Null when whoever asks for the change is not a member. */
  readonly actorRole: MemberRole | null;
  /** Of those whom the change is about: the accounts that are there, each with its role, null when it is not a member. */
  readonly subjects: ReadonlyMap<string, MemberRole | null>;
}

/** With everything read. */
export function memberAddition(userId: string, role: MemberRole): MemberAddition {
  return { kind: 'member_added', subjectId: userId, data: { id: userId, role } };
}

/** @param heirId who follows the member as the owner */
export function departure(userId: string, heirId: string | null): MemberRemoval {
  const data = { reason: 'account_deleted' as const, ...(heirId !== null && { heirId }) };
  return { kind: 'member_removed', subjectId: userId, data };
}
