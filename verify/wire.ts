/** Events that are sent to one socket and concern no conversation. */
export const OWN_EVENTS: ReadonlySet<string> = new Set(['ready', 'error', 'token_expiring']);

/** The fields of the server's answers that the check reads. */
export interface WireMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly content: string;
  readonly createdAt: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly sender?: unknown;
  readonly prevRev?: number;
  readonly deletedAt: string | null;
  readonly replyTo?: { readonly id: string; readonly seq: number };
  readonly mentions?: readonly string[];
  readonly mentionsAll?: true;
  readonly reactions?: readonly {
    readonly emoji: string;
    readonly count: number;
    readonly userIds: readonly string[];
  }[];
  readonly pinnedAt?: string;
  readonly thread?: WireThreadSummary;
}

/** What a message shows of the thread that has begun at it. */
interface WireThreadSummary {
  readonly id: string;
  readonly replyCount: number;
  readonly lastReplyAt?: string;
}

/** A page of threads that the reader follows. */
export interface WireThreadPage {
  readonly data: readonly {
    readonly thread: {
      readonly id: string;
      readonly lastSeq: number;
      readonly parent: { readonly conversationId: string; readonly messageId: string };
    };
    readonly root: WireMessage;
    readonly me?: {
      readonly lastReadSeq: number;
      readonly unreadCount: number;
      readonly mentionCount?: number;
    };
  }[];
  readonly nextCursor: string | null;
}

/** The reader's own reactions beside messages; `revs` only in `me_updated`. */
export interface WireOwn {
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
  readonly revs?: Readonly<Record<string, number>>;
}

/** One message in an answer. */
export interface WireMessageAnswer {
  readonly message: WireMessage;
  readonly own?: WireOwn;
}

export interface WireMessageUpdated {
  readonly conversationId: string;
  readonly rev: number;
  readonly prevRev?: number;
  readonly message: WireMessage;
  readonly delta?: readonly WireReactionChange[];
}

export interface WireReactionChange {
  readonly userId: string;
  readonly emoji: string;
  readonly added: boolean;
}

export interface WireReactionPage {
  readonly data: readonly { readonly userId: string; readonly emoji: string }[];
  readonly nextCursor: string | null;
}

/** Pages of messages with a cursor: pins and mentions. */
export interface WireCursorPage {
  readonly data: readonly WireMessage[];
  readonly nextCursor: string | null;
}

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly retryAfterMs?: number;
}

export interface WireTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Lifetime of the access token in seconds. */
  readonly expiresIn: number;
  readonly user: { readonly id: string };
}

export interface WireMember {
  readonly userId: string;
  readonly role: 'owner' | 'admin' | 'member';
  readonly lastReadSeq: number;
}

export interface WireConversation {
  readonly id: string;
  readonly updatedAt: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly memberCount: number;
  readonly lastMessage: WireMessage | null;
  readonly direct?: { readonly user: { readonly id: string } };
  readonly me: { readonly lastReadSeq: number; readonly unreadCount: number; readonly mentionCount?: number };
}

export interface WireDetail extends WireConversation {
  readonly members: WireMember[];
}

export interface WireConversationPage {
  readonly data: WireConversation[];
  readonly nextCursor: string | null;
}

/** A conversation's head in the answers to `join_room` and `join_all`. */
export interface WireHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly unreadCount?: number;
}

export interface WirePage {
  readonly data: WireMessage[];
  readonly own?: WireOwn;
  readonly total: number;
}

export interface WireWindow {
  readonly data: WireMessage[];
  readonly own?: WireOwn;
  readonly hasMoreAfter: boolean;
}

export interface WireChanges {
  readonly data: WireMessage[];
  readonly members?: WireMember[];
  readonly membersTruncated?: true;
  readonly conversation: WireConversation;
  readonly rev: number;
  readonly epoch: string;
  readonly hasMore: boolean;
}

/** A change of members or settings, in `changes?events=true`. */
export interface WireChangeEvent {
  readonly kind: 'member_added' | 'member_removed' | 'member_updated' | 'conversation_updated';
  readonly rev: number;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly data: {
    readonly member?: WireMember;
    readonly reason?: string;
    readonly heirId?: string;
    readonly title?: string;
  };
}

/** The answer to `changes?events=true`. */
export interface WireTimeline {
  readonly data: WireMessage[];
  readonly own?: WireOwn;
  readonly events: WireChangeEvent[];
  readonly rev: number;
  readonly hasMore: boolean;
}

export interface WireAddition {
  readonly conversationId: string;
  readonly rev: number;
  readonly member: WireMember;
}

/** What a user's own sockets receive when its read position or settings have changed. */
export interface WireOwnUpdate {
  readonly conversationId: string;
  readonly me?: { readonly lastReadSeq: number };
  readonly own?: WireOwn;
}

export interface WireRead {
  readonly conversationId: string;
  readonly userId: string;
  readonly lastReadSeq: number;
}
