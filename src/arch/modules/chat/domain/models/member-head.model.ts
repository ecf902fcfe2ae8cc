/** The latest numbers of a conversation, and a member's unread count. */
export interface MemberHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly unreadCount: number;
}
