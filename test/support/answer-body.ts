/**
 * Every field that a JSON answer or an acknowledgement of this API can have, each with its type when it is present. A
 * test reads the fields of its route's answer, and fails on `undefined` when one is missing.
 */
export interface AnswerBody {
  // errors
  readonly statusCode: number;
  readonly error: string;
  readonly code: string;
  readonly message: string & AnswerBody;
  readonly requestId: string;
  readonly timestamp: string;
  readonly path: string;
  readonly details: { path: string; message: string }[] & { 0: { path: string; message: string } };
  readonly outcome?: 'unknown';
  // tokens and profiles
  readonly accessToken: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly tokenType: string;
  readonly expiresIn: number;
  readonly user: AnswerBody;
  readonly email: string;
  readonly displayName: string;
  readonly bio: string | null;
  readonly avatarUrl: string;
  // presence
  readonly presence: PresenceBody[] & { 0: PresenceBody };
  // sessions
  readonly current: boolean;
  // conversations, members and messages
  readonly id: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly senderId: string;
  readonly createdBy: string;
  readonly title: string;
  readonly metadata: object;
  readonly replyTo: object;
  readonly deletedAt: string | null;
  readonly mentions: string[];
  readonly reactions: object[] & Readonly<Record<string, string[]>>;
  readonly own: AnswerBody;
  readonly emoji: string;
  readonly content: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly joinedAt: string;
  readonly seq: number;
  readonly rev: number;
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly mentionCount?: number;
  readonly memberCount: number;
  readonly role: string;
  readonly clientMessageId: string | null;
  readonly sender: AnswerBody;
  readonly me: AnswerBody;
  readonly lastMessage: AnswerBody;
  readonly thread: AnswerBody;
  readonly threads?: number;
  readonly replyCount: number;
  readonly members: AnswerBody[] & { 0: AnswerBody; 1: AnswerBody };
  readonly membersCursor: string;
  readonly membersTruncated: boolean;
  readonly reads: object[];
  readonly events: AnswerBody[] & { 0: AnswerBody };
  readonly prevRev: number;
  readonly duplicate: boolean;
  readonly member: boolean;
  readonly expiresAt: string;
  readonly maxUses: number;
  readonly uses: number;
  readonly history: string;
  // posts
  readonly ownerId: string;
  readonly ownerDisplayName: string;
  readonly visibility: string;
  // pages
  readonly data: AnswerBody[] & { 0: AnswerBody; 1: AnswerBody };
  readonly total: number;
  readonly page: number;
  readonly limit: number;
  readonly nextCursor: string;
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
  readonly hasMore: boolean;
  readonly conversation: AnswerBody;
  readonly conversations: AnswerBody[] & { 0: AnswerBody };
  readonly truncated: boolean;
  readonly epoch: string;
}

interface PresenceBody {
  readonly userId: string;
  readonly status: string;
}
