import type { MemberRole } from './conversation-member.model.js';
import type { Conversation } from './conversation.model.js';

export interface LockedKind {
  /** The form that is shown. */
  readonly emoji: string;
  readonly count: number;
}

export interface TargetMessage {
  readonly id: string;
  readonly seq: number;
  readonly deletedAt: Date | null;
  /** By key. */
  readonly kinds: ReadonlyMap<string, LockedKind>;
}

/** The state that reactions are decided on: it is locked until they are stored. */
export interface LockedReactions {
  readonly conversation: Pick<Conversation, 'type' | 'posting'>;
  /** Whether one of the two of a direct conversation has blocked the other one. */
  readonly isBlocked: boolean;
  /** By user. */
  readonly members: ReadonlyMap<string, { readonly role: MemberRole; readonly visibleFromSeq: number }>;
  /** By id. */
  readonly messages: ReadonlyMap<string, TargetMessage>;
  /** Of one user to one message: the keys with the forms that are shown, in the order of time. */
  ownOf(messageId: string, userId: string): ReadonlyMap<string, string>;
}
