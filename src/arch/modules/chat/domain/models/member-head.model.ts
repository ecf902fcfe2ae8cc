/** The latest numbers of a conversation, a member's unread messages and mentions, and the first message that the member sees. */
export interface MemberHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly unreadCount: number;
  readonly mentionCount: number;
  readonly visibleFromSeq: number;
}
