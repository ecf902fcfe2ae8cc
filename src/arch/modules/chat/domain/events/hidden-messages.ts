/** A member has hidden the first messages of a conversation from itself. */
export interface HiddenMessages {
  readonly conversationId: string;
  readonly userId: string;
  /** The first message that the member sees. */
  readonly visibleFromSeq: number;
  /** The change at which the membership was read, afterwards. */
  readonly rev: number;
}
