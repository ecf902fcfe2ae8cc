import type { ConversationMember } from './conversation-member.model.js';
import type { ConversationSummary } from './conversation.model.js';
import type { ReadMessage } from './read-message.model.js';

/** Maximum messages of one page of changes. */
export const CHANGES_MAX = 500;

/** The changes of a conversation after a `rev`, from one snapshot. */
export interface ConversationCatchUp {
  /** The conversation as in its reader's list; its `rev` is the head. */
  readonly conversation: ConversationSummary;
  /** Each in its latest state, in the order of `rev`. */
  readonly messages: readonly ReadMessage[];
  /** All members, in the order of joining; null when they have not changed. */
  readonly members: readonly ConversationMember[] | null;
}
