import type { ConversationMember, MemberRole } from './conversation-member.model.js';
import type { Conversation, ConversationSummary } from './conversation.model.js';

/**
 * The changes of a conversation other than messages; each takes a `rev`. `subjectId` is the user that the change is
 * about. The data is stored in the log, at most 4 KiB as JSON text: ids and changed values, never a name or a picture,
 * because it outlives accounts.
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
    /** The new owner, if the member was the owner. */
    readonly heirId?: string;
  };
}

export type ChangeKind = ConversationChange['kind'];
export type ChangeOf<Kind extends ChangeKind> = Extract<ConversationChange, { kind: Kind }>;

/** The parts of a change that answers and events show, as of its own transaction. */
export interface ChangeResults {
  member_added: {
    readonly member: ConversationMember;
    /** As in the new member's list. */
    readonly conversation: ConversationSummary;
  };
  member_removed: null;
}

/** A change with its position in the conversation's history. */
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

/** The state that a change is decided on: it is locked until the change is stored or refused. */
export interface LockedConversation {
  readonly conversation: Conversation;
  /** Null when the actor is not a member. */
  readonly actorRole: MemberRole | null;
  /** The existing accounts among the subjects, each with its role, null when it is not a member. */
  readonly subjects: ReadonlyMap<string, MemberRole | null>;
}

/** A new member starts with everything read. */
export function memberAddition(userId: string, role: MemberRole): MemberAddition {
  return { kind: 'member_added', subjectId: userId, data: { id: userId, role } };
}

/** @param heirId the new owner if the member was the owner */
export function departure(userId: string, heirId: string | null): MemberRemoval {
  const data = { reason: 'account_deleted' as const, ...(heirId !== null && { heirId }) };
  return { kind: 'member_removed', subjectId: userId, data };
}
