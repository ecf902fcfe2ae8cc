import type { ConversationMember, MemberRole, ShownMember } from './conversation-member.model.js';
import type { ConversationSettings } from './conversation-settings.model.js';
import type { Conversation, ConversationSummary } from './conversation.model.js';

/**
 * The changes of a conversation other than messages; each takes a `rev`. `subjectId` is the user that the change is
 * about, null when it is about the conversation. The data is stored in the log, at most 8 KiB as JSON text: ids and
 * changed values, never a name or a picture, because it outlives accounts.
 */
export type ConversationChange =
  | MemberAddition
  | MemberRemoval
  | MemberUpdate
  | ConversationUpdate
  | ConversationDeletion;

/** The part of the history that a new member sees. */
export type VisibleHistory = 'all' | 'none';

interface MemberAddition {
  readonly kind: 'member_added';
  readonly subjectId: string;
  /** Not in the log: it concerns the new member alone. */
  readonly history: VisibleHistory;
  readonly data: { readonly id: string; readonly role: MemberRole; readonly via?: 'invite' };
}

export type RemovalReason = 'left' | 'removed' | 'banned' | 'account_deleted';

interface MemberRemoval {
  readonly kind: 'member_removed';
  readonly subjectId: string;
  readonly data: {
    readonly reason: RemovalReason;
    /** The new owner, if the member was the owner. */
    readonly heirId?: string;
  };
}

interface MemberUpdate {
  readonly kind: 'member_updated';
  readonly subjectId: string;
  readonly data: { readonly id: string; readonly role: MemberRole };
}

interface ConversationUpdate {
  readonly kind: 'conversation_updated';
  readonly subjectId: null;
  /** What has changed, with its new values. */
  readonly data: Partial<ConversationSettings>;
}

/** Ends every membership; the id is never given out again. */
interface ConversationDeletion {
  readonly kind: 'conversation_deleted';
  readonly subjectId: null;
  /** All members. Not in the log. */
  readonly memberIds: readonly string[];
  readonly data: Readonly<Record<string, never>>;
}

export type ChangeKind = ConversationChange['kind'];
export type ChangeOf<Kind extends ChangeKind> = Extract<ConversationChange, { kind: Kind }>;

export interface ChangedMember extends ShownMember {
  /** As the actor is shown it. */
  readonly seenByActor: ConversationMember;
}

/** The parts of a change that answers and events show, as of its own transaction. */
export interface ChangeResults {
  member_added: ChangedMember & {
    /** As in the new member's list. */
    readonly conversation: ConversationSummary;
  };
  member_removed: null;
  member_updated: ChangedMember;
  conversation_updated: { readonly conversation: Conversation };
  conversation_deleted: null;
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
  /** Whether one of the two of a direct conversation has blocked the other one. */
  readonly isBlocked: boolean;
}

/** A new member starts with everything read. */
export function memberAddition(
  userId: string,
  role: MemberRole,
  history: VisibleHistory = 'all',
  via?: 'invite',
): MemberAddition {
  const data = { id: userId, role, ...(via !== undefined && { via }) };
  return { kind: 'member_added', subjectId: userId, history, data };
}

/** @param heirId the new owner if the member was the owner */
export function memberRemoval(userId: string, reason: RemovalReason, heirId: string | null): MemberRemoval {
  const data = { reason, ...(heirId !== null && { heirId }) };
  return { kind: 'member_removed', subjectId: userId, data };
}

export function roleChange(userId: string, role: MemberRole): MemberUpdate {
  return { kind: 'member_updated', subjectId: userId, data: { id: userId, role } };
}

export function settingsChange(changed: Partial<ConversationSettings>): ConversationUpdate {
  return { kind: 'conversation_updated', subjectId: null, data: changed };
}

/** @param memberIds all members */
export function conversationDeletion(memberIds: readonly string[]): ConversationDeletion {
  return { kind: 'conversation_deleted', subjectId: null, memberIds, data: {} };
}
