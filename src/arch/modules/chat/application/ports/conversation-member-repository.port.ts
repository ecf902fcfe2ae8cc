import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import type { MembershipReader } from '../../domain/services/membership.policy.js';

export interface ConversationPage {
  /** At most 1 MiB of JSON. */
  readonly data: readonly ConversationSummary[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

export interface MemberPage {
  /** In the order of joining. */
  readonly data: readonly ConversationMember[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

export interface MarkedRead {
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  /** Whether the position was further back before. */
  readonly moved: boolean;
}

export abstract class ConversationMemberRepositoryPort {
  /**
   * The members a conversation is created with, the owner first: part of the creating transaction, takes no `rev`.
   * @throws UserNotFoundError when one of them is not there any more
   */
  abstract addFirstMembers(conversationId: string, userIds: readonly [string, ...string[]]): Promise<void>;
  abstract isMember(conversationId: string, userId: string): Promise<boolean>;
  /**
   * As `isMember`, but a yes may be from memory, of somebody who is no longer one: for writes, which look again
   * behind the conversation's lock.
   */
  abstract readonly cached: MembershipReader;
  /**
   * Moves the member's read position forward to `seq`, at most to the newest message; never back. Takes no
   * `rev` and no lock on the conversation. Null when the user is not a member.
   */
  abstract markRead(conversationId: string, userId: string, seq: number): Promise<MarkedRead | null>;

  /** In the order of joining; all of them, so only where it is known that they are few. */
  abstract findMembersByConversation(conversationId: string): Promise<ConversationMember[]>;
  /**
   * In the order of joining.
   * @param limit 1–100 @param cursor a `nextCursor` of before @throws CursorInvalidError when it is not
   */
  abstract findMemberPage(conversationId: string, limit: number, cursor?: string): Promise<MemberPage>;
  /**
   * Last activity first.
   * @param cursor a `nextCursor` of before @throws CursorInvalidError when it is not
   */
  abstract findConversationsByUser(userId: string, limit: number, cursor?: string): Promise<ConversationPage>;
  /** One conversation as the list of that member shows it; null when the user is not a member. */
  abstract findConversationOfUser(
    userId: string,
    conversationId: string,
  ): Promise<ConversationSummary | null>;
  /** Every conversation that the user is a member of, in the order of ids. */
  abstract findIdsOfUser(userId: string): Promise<string[]>;
  /** Who follows an owner that leaves: the oldest admin, else the oldest member; null when nobody else is there. */
  abstract findHeir(conversationId: string, leavingId: string): Promise<string | null>;
}
