/** Maximum members of one page, and of the detail of a conversation. */
export const MEMBERS_PAGE = 100;

export type MemberRole = 'owner' | 'admin' | 'member';

export interface ConversationMember {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly role: MemberRole;
  readonly joinedAt: Date;
  /** The `seq` up to which the member has read; 0 when it, or the reader, has switched read receipts off. */
  readonly lastReadSeq: number;
}

/** A member as the others in the conversation are shown it. */
export interface ShownMember {
  readonly member: ConversationMember;
  /** The read position of a member who has switched read receipts off: only itself is shown it. */
  readonly hiddenReadSeq?: number;
}
