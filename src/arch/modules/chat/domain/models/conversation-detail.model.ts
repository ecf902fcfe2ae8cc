import type { ConversationMember } from './conversation-member.model.js';
import type { ConversationSummary } from './conversation.model.js';

export interface ConversationDetail extends ConversationSummary {
  /** The first page of the members. */
  readonly members: readonly ConversationMember[];
  /** Cursor of the next page; null when these are all. */
  readonly membersCursor: string | null;
}
