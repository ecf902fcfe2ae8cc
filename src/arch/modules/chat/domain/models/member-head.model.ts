/** The latest numbers of a conversation, a member's unread count, and the first message that the member sees. */
export interface MemberHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly unreadCount: number;
  readonly visibleFromSeq: number;
}
