import type { ConversationMember } from './conversation-member.model.js';
import type { ConversationSummary } from './conversation.model.js';
import type { Message } from './message.model.js';

/** Messages of one page of changes. */
export const CHANGES_MAX = 500;

/** What happened to a conversation after a `rev`, all of it seen at one instant. */
export interface ConversationChanges {
  /** The conversation as its reader's list shows it; its `rev` is the head. */
  readonly conversation: ConversationSummary;
  /** Each in its latest state, in the order of `rev`. */
  readonly messages: readonly Message[];
  /** All members, in the order of joining; null when nothing about them has changed. */
  readonly members: readonly ConversationMember[] | null;
}
