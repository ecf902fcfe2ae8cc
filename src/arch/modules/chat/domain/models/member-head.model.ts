/** How far a conversation has come, and what of it a member has not read. */
export interface MemberHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly unreadCount: number;
}
