import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary, ConversationType } from '../../domain/models/conversation.model.js';
import type { MembershipReader } from '../../domain/services/membership.policy.js';

/** What is absent or null does not filter. */
export interface ConversationFilter {
  readonly type?: ConversationType | null | undefined;
  readonly archived?: boolean | null | undefined;
  readonly pinned?: boolean | null | undefined;
}

export interface ConversationPage {
  /** At most 1 MiB of JSON. */
  readonly data: readonly ConversationSummary[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export interface MemberPage {
  /** In the order of joining. */
  readonly data: readonly ConversationMember[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export type OldestMember = Pick<ConversationMember, 'userId' | 'role'>;

export abstract class ConversationMemberRepositoryPort {
  /**
   * Adds the first members of a new conversation, the owner first: part of the creating transaction, takes no `rev`.
   * @throws UserNotFoundError when one of the accounts does not exist any more
   */
  abstract addFirstMembers(conversationId: string, userIds: readonly [string, ...string[]]): Promise<void>;
  /** @throws ConversationNotFoundError when the conversation was deleted: `exists` may not know yet */
  abstract isMember(conversationId: string, userId: string): Promise<boolean>;
  /** The `seq` of the first message that the member sees; null when the user is not a member. */
  abstract findVisibleFrom(conversationId: string, userId: string): Promise<number | null>;
  /**
   * Like `isMember`, but a positive answer may be cached and outdated: for writes, which check again behind the
   * conversation's lock.
   */
  abstract readonly cached: MembershipReader;

  /**
   * Null when the user is not a member.
   * @param readerId who is shown the member; the member itself when it is left out
   */
  abstract findMember(
    conversationId: string,
    userId: string,
    readerId?: string,
  ): Promise<ConversationMember | null>;
  /** All members in the order of joining, as everybody may see them; only for conversations known to have few. */
  abstract findMembersByConversation(conversationId: string): Promise<ConversationMember[]>;
  /**
   * In the order of joining.
   * @param readerId who is shown them
   * @param limit 1–100
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findMemberPage(
    conversationId: string,
    readerId: string,
    limit: number,
    cursor?: string,
  ): Promise<MemberPage>;
  /**
   * Last activity first.
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findConversationsByUser(
    userId: string,
    limit: number,
    cursor?: string,
    filter?: ConversationFilter,
  ): Promise<ConversationPage>;
  /** One conversation as in the list of that member; null when the user is not a member. */
  abstract findConversationOfUser(
    userId: string,
    conversationId: string,
  ): Promise<ConversationSummary | null>;
  /** Those of the users that are members. */
  abstract findMembersAmong(conversationId: string, userIds: readonly string[]): Promise<string[]>;
  /** All members, in the order of ids. */
  abstract findIdsOfMembers(conversationId: string): Promise<string[]>;
  /** All conversations that the user is a member of, in the order of ids. */
  abstract findIdsOfUser(userId: string): Promise<string[]>;
  /** Of each role the member who joined first, without one member; in the order of joining. */
  abstract findOldestOfEachRole(conversationId: string, exceptId: string): Promise<OldestMember[]>;
}
