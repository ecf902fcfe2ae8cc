import type { MemberHead } from '../../domain/models/member-head.model.js';

export abstract class ConversationHeadsPort {
  /** The ids of the user's conversations, last activity first. */
  abstract findMostRecent(userId: string, limit: number): Promise<string[]>;

  /** The heads of those conversations that the user is a member of, in the order of the ids. */
  abstract findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]>;
}
