import type { ConversationSettings } from './conversation-settings.model.js';
import type { Message, MessageSender } from './message.model.js';
import type { OwnMembership } from './own-membership.model.js';
import type { ThreadRoot } from './thread.model.js';

/** Maximum members when a conversation is created, and in total. */
export const NEW_MEMBERS_MAX = 100;
export const MEMBERS_MAX = 5_000;

/** A thread has the members and rights of its parent (ADR 64). */
export type ConversationType = 'group' | 'direct' | 'thread';

export interface Conversation extends ConversationSettings {
  readonly id: string;
  readonly type: ConversationType;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** The last activity: the newest message, or the creation. */
  readonly updatedAt: Date;
  /** The `seq` of the newest message, and so the number of messages; 0 when there are none. */
  readonly lastSeq: number;
  /** The number of the conversation's last change. */
  readonly rev: number;
  readonly memberCount: number;
  /** Of a thread: where it has begun. Its members, and who may send, are those of its parent. */
  readonly parent?: ThreadRoot;
}

/** A conversation as in the list of one member. */
export interface ConversationSummary extends Conversation {
  /** Of a direct conversation: the other member, or oneself in notes to oneself. */
  readonly other: MessageSender | null;
  readonly lastMessage: Message | null;
  readonly me: OwnMembership;
}
