import type { MemberRole } from './conversation-member.model.js';
import type { Conversation } from './conversation.model.js';
import type { ParentPosition } from './thread.model.js';

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

export interface ReactingMember {
  readonly role: MemberRole;
  /** Null when the conversation is a thread whose root the member may not see: to the member it is not there. */
  readonly visibleFromSeq: number | null;
}

/** The state that reactions are decided on: it is locked until they are stored. */
export interface LockedReactions {
  /** Whose rules hold: of a thread, the parent. */
  readonly conversation: Pick<Conversation, 'type' | 'posting'>;
  /** Whether one of the two of a direct conversation has blocked the other one. */
  readonly isBlocked: boolean;
  /** By user. */
  readonly members: ReadonlyMap<string, ReactingMember>;
  /** By id. */
  readonly messages: ReadonlyMap<string, TargetMessage>;
  /** Of one user to one message: the keys with the forms that are shown, in the order of time. */
  ownOf(messageId: string, userId: string): ReadonlyMap<string, string>;
  /** Of a thread: the last change of its parent. */
  readonly parent?: ParentPosition;
}
