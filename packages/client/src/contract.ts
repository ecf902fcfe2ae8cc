// The contract with the server, as types. Written by `pnpm openapi` from the schemas of the server: do not edit.
// A later server may answer fields, and emit events, that are not in here.

/** Bounds of what is sent. Texts are counted in code points. */
export const limits = {
  content: { min: 1, max: 4000 },
  clientMessageId: { pattern: '^[A-Za-z0-9_-]{1,64}$' },
  mentions: { max: 50 },
  title: { min: 1, max: 255 },
  members: { max: 100 },
  slowModeSeconds: { min: 0, max: 21600 },
  reason: { min: 1, max: 255 },
  email: { max: 254 },
  password: { min: 8, max: 128 },
  displayName: { min: 1, max: 80 },
  bio: { min: 0, max: 500 },
} as const;

/** What a token allows: the resource and the action. */
export type Permission = 'user:read' | 'user:update' | 'posts:create' | 'posts:read' | 'posts:update' | 'posts:delete' | 'conversations:create' | 'conversations:read' | 'conversations:update' | 'conversations:delete' | 'messages:create' | 'messages:read' | 'messages:update' | 'messages:delete';

/** The code of an error. A later server may have further ones. */
export type ErrorCode = 'VALIDATION_FAILED' | 'MALFORMED_JSON' | 'CURSOR_INVALID' | 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'INVALID_CREDENTIALS' | 'REFRESH_TOKEN_INVALID' | 'REFRESH_TOKEN_REUSED' | 'SESSION_REVOKED' | 'PERMISSION_DENIED' | 'MESSAGE_NOT_FOUND' | 'NOT_CONVERSATION_MEMBER' | 'CANNOT_ADD_MEMBER' | 'POSTING_RESTRICTED' | 'USER_NOT_REACHABLE' | 'CANNOT_MENTION_ALL' | 'CANNOT_REMOVE_MEMBER' | 'MEMBER_BANNED' | 'CANNOT_CHANGE_ROLE' | 'CANNOT_CHANGE_CONVERSATION' | 'CANNOT_DELETE_CONVERSATION' | 'NOT_MESSAGE_AUTHOR' | 'EDIT_WINDOW_CLOSED' | 'CANNOT_DELETE_MESSAGE' | 'CANNOT_PIN_MESSAGE' | 'CANNOT_REMOVE_REACTION' | 'FORBIDDEN_POST_ACCESS' | 'ROOM_NOT_JOINED' | 'ORIGIN_NOT_ALLOWED' | 'ROUTE_NOT_FOUND' | 'USER_NOT_FOUND' | 'SESSION_NOT_FOUND' | 'POST_NOT_FOUND' | 'CONVERSATION_NOT_FOUND' | 'MEMBER_NOT_FOUND' | 'INVITE_NOT_FOUND' | 'UNKNOWN_EVENT' | 'METHOD_NOT_ALLOWED' | 'REQUEST_TIMEOUT' | 'EMAIL_ALREADY_USED' | 'ALREADY_CONVERSATION_MEMBER' | 'CLIENT_MESSAGE_ID_REUSED' | 'IDEMPOTENCY_KEY_REUSED' | 'CONVERSATION_FULL' | 'DIRECT_CONVERSATION' | 'THREAD_NOT_ALLOWED' | 'TOO_MANY_INVITES' | 'MESSAGE_DELETED' | 'MESSAGE_CHANGED' | 'TOO_MANY_PINS' | 'TOO_MANY_REACTIONS' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'EXPECTATION_FAILED' | 'RATE_LIMITED' | 'SLOW_MODE' | 'HEADERS_TOO_LARGE' | 'INTERNAL' | 'UNSUPPORTED_TRANSFER_ENCODING' | 'UNAVAILABLE' | 'SHUTTING_DOWN';

/** What a member is to its conversation. */
export type Role = 'owner' | 'admin' | 'member';

/** Which other users something is for. */
export type Circle = 'everyone' | 'contacts' | 'nobody';

/** A user as shown beside what it did. */
export interface Sender {
  /** A UUID. */
  readonly id: string;
  readonly displayName: string;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
}

/** The error of an event. */
export interface Failure {
  /** 400 to 599. */
  readonly statusCode: number;
  /** The stable code of the error. */
  readonly code: ErrorCode;
  /** A text for people. */
  readonly message: string;
  readonly details?: readonly {
    readonly path: string;
    readonly message: string;
  }[];
  /** Milliseconds to wait before a retry. */
  readonly retryAfterMs?: number;
  /** The event may have been executed, in spite of the error. */
  readonly outcome?: 'unknown';
}

/** A message, in its latest state. */
export interface Message {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly conversationId: string;
  /** A UUID. */
  readonly senderId: string;
  readonly sender: Sender;
  /** Exactly as sent. */
  readonly content: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** The position in the conversation: 1, 2, 3 … without holes. At least 1. */
  readonly seq: number;
  /** The `rev` of the conversation's change that stored the message, or last altered it. At least 1. */
  readonly rev: number;
  readonly clientMessageId: string | null;
  /** A time in ISO 8601. */
  readonly editedAt: string | null;
  /** A time in ISO 8601. */
  readonly deletedAt: string | null;
  /** The message to which this one replies. Whoever may not see it gets its `id` and `seq` alone. A client that has the message itself shows that. */
  readonly replyTo?: ReplyTarget;
  /** Ids of the members that it mentions. It is never taken from the text. At most 50 entries. */
  readonly mentions?: readonly string[];
  /** It mentions everybody. */
  readonly mentionsAll?: true;
  /** In the order in which each kind was first used. At most 50 entries. */
  readonly reactions?: readonly Reaction[];
  /** A time in ISO 8601. */
  readonly pinnedAt?: string;
  /** A UUID. */
  readonly pinnedBy?: string;
  /** A UUID. */
  readonly deletedBy?: string;
  /** The thread that has begun at this message. */
  readonly thread?: ThreadSummary;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A message to which another one replies, as it was when this was read. */
export interface ReplyTarget {
  /** A UUID. */
  readonly id: string;
  /** At least 1. */
  readonly seq: number;
  /** A UUID. */
  readonly senderId?: string;
  /** The first 200 code points of its text when this was read; empty once it is deleted. */
  readonly excerpt?: string;
  /** A time in ISO 8601. */
  readonly deletedAt?: string;
}

/** All reactions of one kind to a message. */
export interface Reaction {
  readonly emoji: string;
  /** At least 1. */
  readonly count: number;
  /** The first 20 who reacted so, the same for every reader. At most 20 entries. */
  readonly userIds: readonly string[];
}

/** The thread of a message. */
export interface ThreadSummary {
  /** The thread: a conversation of its own. */
  readonly id: string;
  readonly replyCount: number;
  /** A time in ISO 8601. */
  readonly lastReplyAt?: string;
}

/** The answer of `GET /users/presence`. */
export interface PresenceList {
  readonly presence: readonly Presence[];
}

/** Whether a user is online. */
export interface Presence {
  /** A UUID. */
  readonly userId: string;
  readonly status: 'online' | 'offline';
  /** To the minute; only of users who are offline, where it is known. */
  readonly lastSeenAt?: string;
}

/** A message with its place among the changes. */
export interface PositionedMessage {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly conversationId: string;
  /** A UUID. */
  readonly senderId: string;
  readonly sender: Sender;
  /** Exactly as sent. */
  readonly content: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** The position in the conversation: 1, 2, 3 … without holes. At least 1. */
  readonly seq: number;
  /** The `rev` of the conversation's change that stored the message, or last altered it. At least 1. */
  readonly rev: number;
  readonly clientMessageId: string | null;
  /** A time in ISO 8601. */
  readonly editedAt: string | null;
  /** A time in ISO 8601. */
  readonly deletedAt: string | null;
  /** The message to which this one replies. Whoever may not see it gets its `id` and `seq` alone. A client that has the message itself shows that. */
  readonly replyTo?: ReplyTarget;
  /** Ids of the members that it mentions. It is never taken from the text. At most 50 entries. */
  readonly mentions?: readonly string[];
  /** It mentions everybody. */
  readonly mentionsAll?: true;
  /** In the order in which each kind was first used. At most 50 entries. */
  readonly reactions?: readonly Reaction[];
  /** A time in ISO 8601. */
  readonly pinnedAt?: string;
  /** A UUID. */
  readonly pinnedBy?: string;
  /** A UUID. */
  readonly deletedBy?: string;
  /** The thread that has begun at this message. */
  readonly thread?: ThreadSummary;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
  readonly prevRev?: number;
}

/** One reaction that has been added or removed. */
export interface ReactionDelta {
  /** A UUID. */
  readonly userId: string;
  readonly emoji: string;
  /** False when it was taken back, or removed. */
  readonly added: boolean;
}

/** A member of a conversation. */
export interface Member {
  /** A UUID. */
  readonly userId: string;
  readonly displayName: string;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
  readonly role: Role;
  /** A time in ISO 8601. */
  readonly joinedAt: string;
  /** The `seq` up to which the member has read; 0 where it, or who is shown it, has switched `readReceipts` off. */
  readonly lastReadSeq: number;
}

/** A conversation as you see it. */
export interface Conversation {
  /** A UUID. */
  readonly id: string;
  /** Absent in a group. */
  readonly type?: 'direct' | 'thread';
  /** Of a thread: the message that it has begun at. */
  readonly parent?: {
    /** A UUID. */
    readonly conversationId: string;
    /** A UUID. */
    readonly messageId: string;
    /** At least 1. */
    readonly seq: number;
  };
  /** A UUID. */
  readonly createdBy: string;
  readonly title: string | null;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** The last message, or the creation. */
  readonly updatedAt: string;
  readonly lastSeq: number;
  readonly rev: number;
  /** At least 1. */
  readonly memberCount: number;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Only the owner and the admins may send. */
  readonly posting?: 'admins';
  /** Every member may add members. */
  readonly adding?: 'all';
  /** Seconds between two messages of one member. 1 to 21,600. */
  readonly slowModeSeconds?: number;
  /** The other member of a direct conversation; you in notes to yourself. */
  readonly direct?: {
    readonly user: Sender;
  };
  readonly lastMessage: Message | null;
  readonly me: OwnMembership;
}

/** What a conversation is to you. */
export interface OwnMembership {
  readonly role: Role;
  /** A time in ISO 8601. */
  readonly joinedAt: string;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  /** How many of the unread messages mention you or everybody; 100 stands for 100 or more. Absent: none. 1 to 100. */
  readonly mentionCount?: number;
  /** The first message that you see; absent when you see all. At least 2. */
  readonly visibleFromSeq?: number;
  /** Absent: all. */
  readonly notify?: 'mentions' | 'none';
  /** A time in ISO 8601. */
  readonly mutedUntil?: string;
  /** A time in ISO 8601. */
  readonly pinnedAt?: string;
  /** A time in ISO 8601. */
  readonly archivedAt?: string;
  /** Higher after each change of `me`: replace it when it is higher than yours. Absent: as `lastReadSeq`. */
  readonly version?: number;
}

/** Your own reactions to messages that have changed. */
export interface OwnReactionSets {
  /** All of their own reactions to a message; an empty list when none is left. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  /** The `rev` of the message to which the list belongs. */
  readonly revs: Readonly<Record<string, number>>;
}

/** A conversation as all of its members see it. */
export interface SharedConversation {
  /** A UUID. */
  readonly id: string;
  /** Absent in a group. */
  readonly type?: 'direct' | 'thread';
  /** Of a thread: the message that it has begun at. */
  readonly parent?: {
    /** A UUID. */
    readonly conversationId: string;
    /** A UUID. */
    readonly messageId: string;
    /** At least 1. */
    readonly seq: number;
  };
  /** A UUID. */
  readonly createdBy: string;
  readonly title: string | null;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** The last message, or the creation. */
  readonly updatedAt: string;
  readonly lastSeq: number;
  readonly rev: number;
  /** At least 1. */
  readonly memberCount: number;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Only the owner and the admins may send. */
  readonly posting?: 'admins';
  /** Every member may add members. */
  readonly adding?: 'all';
  /** Seconds between two messages of one member. 1 to 21,600. */
  readonly slowModeSeconds?: number;
}

/** The answer of `GET /health`. */
export interface Health {
  readonly status: 'ok';
  /** A time in ISO 8601. */
  readonly timestamp: string;
}

/** The error of a request. */
export interface ApiError {
  /** 400 to 599. */
  readonly statusCode: number;
  readonly error: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
  /** A time in ISO 8601. */
  readonly timestamp: string;
  readonly path: string;
  readonly details: readonly {
    readonly path: string;
    readonly message: string;
  }[];
  /** Only with 503: the request may have been executed, in spite of the error. */
  readonly outcome?: 'unknown';
}

/** Your own account. */
export interface OwnProfile {
  /** A UUID. */
  readonly id: string;
  /** An e-mail address. */
  readonly email: string;
  readonly displayName: string;
  readonly bio: string | null;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
  /** Who may add you to a group, or open a direct conversation with you; absent when everyone may. */
  readonly addableBy?: 'contacts' | 'nobody';
  /** Who sees whether you are online; absent for everyone. */
  readonly presence?: 'contacts' | 'nobody';
  /** False when nobody sees how far you have read, nor you how far others have. */
  readonly readReceipts?: false;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** A time in ISO 8601. */
  readonly updatedAt: string;
}

/** The body of `PUT /users/me`. */
export interface UpdateProfile {
  /** One line: no control characters, none that change the direction of text, and something visible. Not that of an account that is gone. 1 to 80 characters. */
  readonly displayName?: string | undefined;
  /** Null clears it. At most 500 characters. */
  readonly bio?: string | null | undefined;
  /** Who may add you to a group, or open a direct conversation with you. `contacts`: people to whom you have written in a direct conversation. */
  readonly addableBy?: Circle | undefined;
  /** Who sees whether you are online; `contacts` are the people to whom you have written in a direct conversation. You see only the presence of people who see yours. */
  readonly presence?: Circle | undefined;
  /** Whether others see how far you have read. When false, you do not see how far they have, either. */
  readonly readReceipts?: boolean | undefined;
}

/** The answer of `GET /users`. */
export interface PublicProfilePage {
  readonly data: readonly PublicProfile[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** A user as others see it. */
export interface PublicProfile {
  /** A UUID. */
  readonly id: string;
  readonly displayName: string;
  readonly bio: string | null;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
  /** A time in ISO 8601. */
  readonly createdAt: string;
}

/** The body of `POST /auth/signup`. */
export interface Signup {
  /** An e-mail address. At most 254 characters. */
  readonly email: string;
  /** 8 to 128 characters. */
  readonly password: string;
  /** One line: no control characters, none that change the direction of text, and something visible. Not that of an account that is gone. 1 to 80 characters. */
  readonly displayName: string;
}

/** The answer of `POST /auth/signup`. */
export interface Tokens {
  /** A JWT for the `Authorization: Bearer` header. */
  readonly accessToken: string;
  /** Opaque; keep it secret. */
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  /** Seconds until the access token expires. At least 1. */
  readonly expiresIn: number;
  readonly user: OwnProfile;
}

/** The body of `POST /auth/login`. */
export interface Login {
  /** 1 to 254 characters. */
  readonly email: string;
  /** 1 to 128 characters. */
  readonly password: string;
}

/** The body of `POST /auth/refresh`. */
export interface Refresh {
  /** 1 to 512 characters. */
  readonly refreshToken: string;
}

/** The body of `POST /auth/change-password`. */
export interface ChangePassword {
  /** 1 to 128 characters. */
  readonly currentPassword: string;
  /** 8 to 128 characters. */
  readonly newPassword: string;
}

/** The answer of `GET /auth/sessions`. */
export interface Sessions {
  readonly data: readonly Session[];
  readonly nextCursor: string | null;
}

/** A login on one device. */
export interface Session {
  /** A UUID. */
  readonly id: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** Time of the last refresh, or of the login. */
  readonly lastUsedAt: string;
  readonly userAgent: string | null;
  readonly ip: string | null;
  /** Whether it is the session of this token. */
  readonly current: boolean;
}

/** The body of `POST /chat/conversations`. */
export interface CreateConversation {
  /** One line: no control characters, none that change the direction of text, and something visible. 1 to 255 characters. */
  readonly title?: string | undefined;
  /** The other members. Duplicates and your own id are ignored. At most 100 entries. */
  readonly memberIds: readonly string[];
}

/** A conversation with its first members. */
export interface ConversationDetail {
  /** A UUID. */
  readonly id: string;
  /** Absent in a group. */
  readonly type?: 'direct' | 'thread';
  /** Of a thread: the message that it has begun at. */
  readonly parent?: {
    /** A UUID. */
    readonly conversationId: string;
    /** A UUID. */
    readonly messageId: string;
    /** At least 1. */
    readonly seq: number;
  };
  /** A UUID. */
  readonly createdBy: string;
  readonly title: string | null;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** The last message, or the creation. */
  readonly updatedAt: string;
  readonly lastSeq: number;
  readonly rev: number;
  /** At least 1. */
  readonly memberCount: number;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Only the owner and the admins may send. */
  readonly posting?: 'admins';
  /** Every member may add members. */
  readonly adding?: 'all';
  /** Seconds between two messages of one member. 1 to 21,600. */
  readonly slowModeSeconds?: number;
  /** The other member of a direct conversation; you in notes to yourself. */
  readonly direct?: {
    readonly user: Sender;
  };
  readonly lastMessage: Message | null;
  readonly me: OwnMembership;
  /** The first 100, in the order of joining. At most 100 entries. */
  readonly members: readonly Member[];
  /** Value for `?cursor=` of `GET …/members`, if there are more members. */
  readonly membersCursor?: string;
}

/** The answer of `GET /chat/conversations`. */
export interface ConversationPage {
  readonly data: readonly Conversation[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** One page of the history. */
export interface MessagePage {
  /** Newest first. */
  readonly data: readonly Message[];
  readonly total: number;
  /** At least 1. */
  readonly page: number;
  /** 1 to 100. */
  readonly limit: number;
  /** Present only when the oldest messages of the page are omitted, because it would exceed 1 MiB: read them with the window `before` the last `seq` of this page. */
  readonly truncated?: true;
  /** With `rev=true`: the head of the conversation in the snapshot of the messages. All changes up to this `rev` are in them. */
  readonly rev?: number;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** What is yours alone of messages. */
export interface Own {
  /** Your own reactions by message, in the order of time, where you have any. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
}

/** The body of `POST /chat/conversations/:id/messages`. */
export interface SendMessage {
  /** 1 to 4,000 characters. */
  readonly content: string;
  /** Your own id for the message: a retry with the same id does not store it twice. Matches `^[A-Za-z0-9_-]{1,64}$`. */
  readonly clientMessageId?: string | undefined;
  /** The message of this conversation to which it replies; you must see it. */
  readonly replyToId?: string | undefined;
  /** Whom it mentions. Duplicates, and ids of users who are no members, are ignored. At most 50 entries. */
  readonly mentions?: readonly string[] | undefined;
  /** Whether it mentions everybody. For the owner and admins of a group. */
  readonly mentionsAll?: boolean | undefined;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** A window of the history. */
export interface MessageWindow {
  /** Newest first. */
  readonly data: readonly Message[];
  /** Whether there are older messages. */
  readonly hasMoreBefore: boolean;
  /** Whether there are newer messages. */
  readonly hasMoreAfter: boolean;
  /** With `events=true`: the changes of members and settings whose `afterSeq` is the `seq` of one of these messages (or 0, beside the first message of all), newest first. At most 500 entries. */
  readonly events?: readonly TimelineEvent[];
  /** Present only when there are more: the oldest are omitted. `GET …/changes?events=true` has all of them. */
  readonly eventsTruncated?: true;
  /** With `rev=true`: the head of the conversation in the snapshot of the messages. All changes up to this `rev` are in them. */
  readonly rev?: number;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** A change that is no message, at its place between the messages. */
export type TimelineEvent = {
  /** At least 1. */
  readonly rev: number;
  /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
  readonly prevRev?: number;
  /** Who made the change. */
  readonly actorId: string | null;
  readonly kind: 'member_added';
  /** The user whom it is about. */
  readonly subjectId: string;
  /** The `seq` of the message after which it is shown; 0 before the first one. */
  readonly afterSeq: number;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  readonly data: {
    /** With the role of then, and the name and picture of now. */
    readonly member: Member;
    readonly via?: 'invite';
  };
} | {
  /** At least 1. */
  readonly rev: number;
  /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
  readonly prevRev?: number;
  /** Who made the change. */
  readonly actorId: string | null;
  readonly kind: 'member_removed';
  /** The user whom it is about. */
  readonly subjectId: string;
  /** The `seq` of the message after which it is shown; 0 before the first one. */
  readonly afterSeq: number;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  readonly data: {
    readonly user: Sender;
    readonly reason: 'left' | 'removed' | 'banned' | 'account_deleted';
    /** The new owner, if the member was the owner. */
    readonly heirId?: string;
  };
} | {
  /** At least 1. */
  readonly rev: number;
  /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
  readonly prevRev?: number;
  /** Who made the change. */
  readonly actorId: string | null;
  readonly kind: 'member_updated';
  /** The user whom it is about. */
  readonly subjectId: string;
  /** The `seq` of the message after which it is shown; 0 before the first one. */
  readonly afterSeq: number;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  readonly data: {
    readonly member: Member;
  };
} | {
  /** At least 1. */
  readonly rev: number;
  /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
  readonly prevRev?: number;
  /** Who made the change. */
  readonly actorId: string | null;
  readonly kind: 'conversation_updated';
  readonly subjectId: null;
  /** The `seq` of the message after which it is shown; 0 before the first one. */
  readonly afterSeq: number;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** What has changed, with its new values. */
  readonly data: {
    readonly title?: string | null;
    /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly posting?: 'all' | 'admins';
    readonly adding?: 'all' | 'admins';
    /** 0 to 21,600. */
    readonly slowModeSeconds?: number;
  };
};

/** One page of what has changed in a conversation. */
export interface Changes {
  /** The messages changed after `since`, each in its latest state, in the order of `rev`. */
  readonly data: readonly PositionedMessage[];
  /** With `events=true`: the changes of members and settings after `since`, in the order of `rev`. Apply them and the messages together in that order. */
  readonly events?: readonly TimelineEvent[];
  /** All members. Present only when a member has joined or left after `since`; with `events=true` only when some of that cannot be answered as events: apply the events first, then replace your list. */
  readonly members?: readonly Member[];
  /** Present only when the members changed, but are too many for this page: read `GET …/members`. */
  readonly membersTruncated?: true;
  readonly conversation: Conversation;
  /** The `rev` up to which this page has the changes: the next `since`. */
  readonly rev: number;
  readonly hasMore: boolean;
  /** With `reads=true`: up to where members have read who have marked messages as read since then, the last ones first. Each is a lower bound, and may be repeated: keep the greater of it and yours. Who has sent a message has read up to it. */
  readonly reads?: readonly {
    /** A UUID. */
    readonly userId: string;
    /** At least 1. */
    readonly lastReadSeq: number;
  }[];
  /** Present only when there may be more of them than are answered, as always in a thread: read `GET …/members`. */
  readonly readsTruncated?: true;
  /** The epoch of the database, to which `rev` and `seq` belong: send it with the next `since`. Another epoch begins when the database is restored, or a standby is promoted. */
  readonly epoch: string;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** The body of `PATCH /chat/conversations/:id`. */
export interface ChangeSettings {
  /** One line: no control characters, none that change the direction of text, and something visible. 1 to 255 characters. */
  readonly title?: string | null | undefined;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** Who may send messages. */
  readonly posting?: 'all' | 'admins' | undefined;
  /** Who may add members. */
  readonly adding?: 'all' | 'admins' | undefined;
  /** Seconds between two messages of one member; 0 ends the slow mode. 0 to 21,600. */
  readonly slowModeSeconds?: number | undefined;
}

/** The answer of `GET /chat/conversations/:id/members`. */
export interface MemberPage {
  /** In the order of joining. */
  readonly data: readonly Member[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** The body of `POST /chat/conversations/:id/members`. */
export interface AddMember {
  /** A UUID. */
  readonly userId: string;
  /** `none`: the new member sees no message from before. Default: `"all"`. */
  readonly history?: 'all' | 'none' | undefined;
}

/** The body of `PATCH /chat/conversations/:id/members/:userId`. */
export interface ChangeRole {
  /** `owner` transfers the ownership: you become an admin. */
  readonly role: Role;
}

/** The answer of `GET /chat/conversations/:id/bans`. */
export interface BanPage {
  /** In the order of the ids of the users. */
  readonly data: readonly Ban[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** Part of `BanPage`. */
export interface Ban {
  /** A UUID. */
  readonly userId: string;
  readonly displayName: string;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
  /** A UUID. */
  readonly bannedBy: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** Absent: until it is lifted. */
  readonly until?: string;
  readonly reason?: string;
}

/** The body of `PUT /chat/conversations/:id/bans/:userId`. */
export interface BanMember {
  /** When it expires; absent: when it is lifted. */
  readonly until?: string | undefined;
  /** 1 to 255 characters. */
  readonly reason?: string | undefined;
}

/** The body of `PATCH /chat/conversations/:id/me`. */
export interface ChangeOwnMembership {
  readonly notify?: 'all' | 'mentions' | 'none' | undefined;
  /** Null unmutes; a time far away mutes for good. */
  readonly mutedUntil?: string | null | undefined;
  readonly pinned?: boolean | undefined;
  readonly archived?: boolean | undefined;
  /** Your own read position. A lower one marks the messages after it as unread, which nobody else sees; a higher one is what `mark_read` does. Past the end means the end. */
  readonly lastReadSeq?: number | undefined;
}

/** The body of `POST /chat/changes`. */
export interface ListSeveralChanges {
  /** By the id of each conversation, at most 50: the `rev` up to which you know all changes. */
  readonly since: Readonly<Record<string, number>>;
  /** The `epoch` that was answered with `since`. It is `CURSOR_INVALID` if the database has another one now. 1 to 64 characters. */
  readonly epoch?: string | undefined;
}

/** What has changed in several conversations. */
export interface SeveralChanges {
  /** One for each conversation, in the order of the request. At most 50 entries. */
  readonly data: readonly SeveralChangesItem[];
  /** The epoch of the database, to which `rev` and `seq` belong: send it with the next `since`. Another epoch begins when the database is restored, or a standby is promoted. */
  readonly epoch: string;
}

/** What has changed in one of several conversations. */
export type SeveralChangesItem = {
  /** The id of the conversation. */
  readonly id: string;
  /** The messages changed after `since`, each in its latest state, in the order of `rev`. */
  readonly data: readonly PositionedMessage[];
  /** With `events=true`: the changes of members and settings after `since`, in the order of `rev`. Apply them and the messages together in that order. */
  readonly events?: readonly TimelineEvent[];
  /** All members. Present only when a member has joined or left after `since`; with `events=true` only when some of that cannot be answered as events: apply the events first, then replace your list. */
  readonly members?: readonly Member[];
  /** Present only when the members changed, but are too many for this page: read `GET …/members`. */
  readonly membersTruncated?: true;
  readonly conversation: Conversation;
  /** The `rev` up to which this page has the changes: the next `since`. */
  readonly rev: number;
  readonly hasMore: boolean;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
} | {
  /** The id of the conversation. */
  readonly id: string;
  /** Your `since`. */
  readonly rev: number;
  /** It did not fit into the answer, and nothing of it was read: request it again. */
  readonly hasMore: true;
} | {
  /** The id of the conversation. */
  readonly id: string;
  /** You are not a member of it, or it is not there. */
  readonly gone: true;
} | {
  /** The id of the conversation. */
  readonly id: string;
  /** It has not reached your `since`: drop what you know of it, and start over. */
  readonly code: 'CURSOR_INVALID';
};

/** The answer of `GET /chat/unread`. */
export interface UnreadTotal {
  /** How many conversations have unread messages. */
  readonly conversations: number;
  /** How many messages are unread in all of them. */
  readonly messages: number;
  /** How many of them mention you or everybody; at most 100 are counted in each conversation. */
  readonly mentions: number;
  /** How many threads that you follow have unread replies, which are in no other count. Absent: none. At least 1. */
  readonly threads?: number;
  /** Whether there are more conversations, or followed threads, than were counted. */
  readonly capped: boolean;
}

/** The answer of `GET /chat/conversations/:id/messages/:messageId/readers`. */
export interface ReaderPage {
  /** In the order of joining. */
  readonly data: readonly Sender[];
  /** How many there are on all pages. */
  readonly count: number;
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** The answer of `GET /chat/conversations/:id/messages/:messageId/reactions`. */
export interface ReactionPage {
  /** By kind, and those of one kind by user. */
  readonly data: readonly {
    /** A UUID. */
    readonly userId: string;
    readonly displayName: string;
    /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
    readonly avatarUrl: string | null;
    readonly emoji: string;
    /** A time in ISO 8601. */
    readonly createdAt: string;
  }[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** The answer of `PUT /chat/conversations/:id/messages/:messageId/reactions/:emoji`. */
export interface MessageAnswer {
  readonly message: Message;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** The body of `PATCH /chat/conversations/:id/messages/:messageId`. */
export interface EditMessage {
  /** 1 to 4,000 characters. */
  readonly content?: string | undefined;
  /** Whom it mentions. Duplicates, and ids of users who are no members, are ignored. At most 50 entries. */
  readonly mentions?: readonly string[] | undefined;
  /** Whether it mentions everybody. For the owner and admins of a group. */
  readonly mentionsAll?: boolean | undefined;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** The `rev` of the message that you have seen: when it has another one by now, nothing changes. Without it the last edit wins. At least 1. */
  readonly expectedRev?: number | undefined;
}

/** The answer of `GET /chat/conversations/:id/messages/:messageId/versions`. */
export interface MessageVersionPage {
  /** Newest first. */
  readonly data: readonly MessageVersion[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** Part of `MessageVersionPage`. */
export interface MessageVersion {
  /** 1 is what was first sent. At least 1. */
  readonly version: number;
  readonly content: string;
  /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** When the next version replaced it. */
  readonly validUntil: string;
}

/** The answer of `GET /chat/conversations/:id/pins`. */
export interface PinPage {
  /** The last pinned first. */
  readonly data: readonly Message[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** The answer of `GET /chat/conversations/:id/invites`. */
export interface InviteList {
  /** All open ones, newest first. At most 50 entries. */
  readonly data: readonly Invite[];
}

/** Part of `InviteList`. */
export interface Invite {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly createdBy: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** A time in ISO 8601. */
  readonly expiresAt: string;
  /** 1 to 5,000. */
  readonly maxUses: number;
  readonly uses: number;
  /** Whether people who join see what was said before. */
  readonly history: 'all' | 'none';
}

/** The body of `POST /chat/conversations/:id/invites`. */
export interface CreateInvite {
  /** 1 to 2,592,000. Default: `604800`. */
  readonly expiresInSeconds?: number | undefined;
  /** How many people can join with it. 1 to 5,000. Default: `5000`. */
  readonly maxUses?: number | undefined;
  /** Whether people who join see what was said before. Default: `"all"`. */
  readonly history?: 'all' | 'none' | undefined;
}

/** The answer of `POST /chat/conversations/:id/invites`. */
export interface NewInvite {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly createdBy: string;
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** A time in ISO 8601. */
  readonly expiresAt: string;
  /** 1 to 5,000. */
  readonly maxUses: number;
  readonly uses: number;
  /** Whether people who join see what was said before. */
  readonly history: 'all' | 'none';
  /** Shown here only: the server stores a hash of it. */
  readonly token: string;
}

/** The answer of `GET /chat/invites/:token`. */
export interface InvitePreview {
  readonly title: string | null;
  /** At least 1. */
  readonly memberCount: number;
  /** Whether you are a member already. */
  readonly member: boolean;
}

/** The answer of `GET /users/me/blocks`. */
export interface BlockedUserPage {
  /** In the order of ids. */
  readonly data: readonly BlockedUser[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
}

/** Part of `BlockedUserPage`. */
export interface BlockedUser {
  /** A UUID. */
  readonly userId: string;
  readonly displayName: string;
  /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
  readonly avatarUrl: string | null;
  /** A time in ISO 8601. */
  readonly blockedAt: string;
}

/** The answer of `GET /chat/mentions`. */
export interface MentionPage {
  /** Newest first. */
  readonly data: readonly Message[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** The answer of `GET /chat/threads`. */
export interface ThreadPage {
  /** Last activity first. */
  readonly data: readonly ListedThread[];
  /** For `?cursor=`; null at the end. */
  readonly nextCursor: string | null;
  /** What is yours alone of these messages. Absent when there is nothing. */
  readonly own?: Own;
}

/** A thread in a list. */
export interface ListedThread {
  readonly thread: SharedConversation;
  /** The message of the parent that it has begun at. */
  readonly root: Message;
  /** Absent where you do not follow the thread. */
  readonly me?: {
    readonly lastReadSeq: number;
    readonly unreadCount: number;
    /** How many of the unread messages mention you or everybody; 100 stands for 100 or more. Absent: none. 1 to 100. */
    readonly mentionCount?: number;
  };
}

/** The answer of `GET /posts`. */
export interface PostPage {
  /** Newest first. */
  readonly data: readonly ListedPost[];
  /** Number of all posts that you may read. */
  readonly total: number;
  /** At least 1. */
  readonly page: number;
  /** 1 to 100. */
  readonly limit: number;
}

/** Part of `PostPage`. */
export interface ListedPost {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly ownerId: string;
  /** The current display name of the owner. */
  readonly ownerDisplayName: string;
  readonly title: string;
  /** Exactly as sent. */
  readonly content: string;
  readonly visibility: 'public' | 'private';
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** A time in ISO 8601. */
  readonly updatedAt: string;
  /** Present only when the page has the beginning of the content, because it would exceed 1 MiB: read the post for the rest. */
  readonly contentTruncated?: true;
}

/** The answer of `POST /posts`. */
export interface Post {
  /** A UUID. */
  readonly id: string;
  /** A UUID. */
  readonly ownerId: string;
  /** The current display name of the owner. */
  readonly ownerDisplayName: string;
  readonly title: string;
  /** Exactly as sent. */
  readonly content: string;
  readonly visibility: 'public' | 'private';
  /** A time in ISO 8601. */
  readonly createdAt: string;
  /** A time in ISO 8601. */
  readonly updatedAt: string;
}

/** The body of `POST /posts`. */
export interface CreatePost {
  /** One line: no control characters, none that change the direction of text, and something visible. 1 to 255 characters. */
  readonly title: string;
  /** 1 to 20,000 characters. */
  readonly content: string;
  /** Default: `"public"`. */
  readonly visibility?: 'public' | 'private' | undefined;
}

/** The body of `PATCH /posts/:id`. */
export interface UpdatePost {
  /** One line: no control characters, none that change the direction of text, and something visible. 1 to 255 characters. */
  readonly title?: string | undefined;
  /** 1 to 20,000 characters. */
  readonly content?: string | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
}

/** The body of `DELETE /users/me`. */
export interface DeleteAccount {
  /** 1 to 128 characters. */
  readonly password: string;
}

/** The events of the server by their names, and their payloads. */
export interface ServerEvents {
  /** To the socket, when its handshake is accepted. */
  readonly ready: {
    /** A UUID. */
    readonly userId: string;
    /** A UUID. */
    readonly sessionId: string;
    /** When the access token expires. */
    readonly expiresAt: string;
    /** A time in ISO 8601. */
    readonly serverTime: string;
    /** The epoch of the database. If it is another one than before, start over. */
    readonly epoch: string;
  };
  /** To the socket, a minute (or a quarter of its lifetime) before its token expires and it is closed. */
  readonly token_expiring: {
    /** A time in ISO 8601. */
    readonly expiresAt: string;
  };
  /** To the sockets of a session that has ended, before they are disconnected. Do not reconnect with this session. */
  readonly session_revoked: {
    readonly code: 'SESSION_REVOKED';
  };
  /** To the socket whose event failed, besides the acknowledgement. */
  readonly error: {
    /** 400 to 599. */
    readonly statusCode: number;
    /** The stable code of the error. */
    readonly code: ErrorCode;
    /** A text for people. */
    readonly message: string;
    readonly details?: readonly {
      readonly path: string;
      readonly message: string;
    }[];
    /** Milliseconds to wait before a retry. */
    readonly retryAfterMs?: number;
    /** The event may have been executed, in spite of the error. */
    readonly outcome?: 'unknown';
    /** The name of the event that failed. */
    readonly event: string;
    readonly clientMessageId?: string;
  };
  /** To the room: a message has been stored. Its sender receives it, too. */
  readonly new_message: PositionedMessage;
  /** To the room: a message has changed; `message` is the whole of it. Replace yours when its `rev` is higher. */
  readonly message_updated: {
    /** A UUID. */
    readonly conversationId: string;
    /** At least 1. */
    readonly rev: number;
    /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
    readonly prevRev?: number;
    /** What has happened; `pin`: `pinnedAt` of the message says whether it is pinned now. `thread`: a thread has begun at it, or has new replies. */
    readonly change: 'edited' | 'deleted' | 'pin' | 'reactions' | 'thread';
    /** Null when several users have reacted. */
    readonly actorId: string | null;
    readonly message: Message;
    /** The reactions that have changed since the last event of the message, all of them. Absent when they are more than 50, and with other changes. At most 50 entries. */
    readonly delta?: readonly ReactionDelta[];
  };
  /** To the room, except sockets of users who have switched `readReceipts` off: the read position of a member has advanced; at most once per second and member. */
  readonly message_read: {
    /** A UUID. */
    readonly conversationId: string;
    /** A UUID. */
    readonly userId: string;
    readonly lastReadSeq: number;
  };
  /** To the others in the room: a member is typing, or has stopped; it expires at `expiresAt` unless it is repeated. */
  readonly typing: {
    /** A UUID. */
    readonly conversationId: string;
    /** A UUID. */
    readonly userId: string;
    readonly isTyping: boolean;
    /** A time in ISO 8601. */
    readonly expiresAt: string;
  };
  /** To the room: a member was added, or has joined by an invite. */
  readonly member_added: {
    /** A UUID. */
    readonly conversationId: string;
    /** At least 1. */
    readonly rev: number;
    /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
    readonly prevRev?: number;
    readonly member: Member;
    /** Only of who has joined by an invite. */
    readonly via?: 'invite';
  };
  /** To all sockets of the user: they were added to a conversation, have joined it, or have created it, or a direct conversation with them has its first message. The payload is as in their list. */
  readonly conversation_added: Conversation;
  /** To all sockets of the user, except the one whose acknowledgement says it: what a conversation is to them has changed, on this device or another: settings, their own read position (`me`), or their own reactions (`own`). At most once a second for each conversation. Replace `me` when its `version` is higher than yours, and the own reactions to a message when its `rev` is not lower than yours. */
  readonly me_updated: {
    /** A UUID. */
    readonly conversationId: string;
    readonly me?: OwnMembership;
    readonly own?: OwnReactionSets;
  };
  /** To the room: somebody is no longer a member. Whose membership it was is sent `conversation_removed`. */
  readonly member_removed: {
    /** A UUID. */
    readonly conversationId: string;
    /** At least 1. */
    readonly rev: number;
    /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
    readonly prevRev?: number;
    /** A UUID. */
    readonly userId: string;
    readonly reason: 'left' | 'removed' | 'banned' | 'account_deleted';
    /** A UUID. */
    readonly actorId: string;
    /** The new owner, if the member was the owner. */
    readonly heirId?: string;
  };
  /** To the room: a member has another role. */
  readonly member_updated: {
    /** A UUID. */
    readonly conversationId: string;
    /** At least 1. */
    readonly rev: number;
    /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
    readonly prevRev?: number;
    readonly member: Member;
    /** A UUID. */
    readonly actorId: string;
  };
  /** To the room: its title, its settings or its metadata have changed. */
  readonly conversation_updated: {
    /** A UUID. */
    readonly conversationId: string;
    /** At least 1. */
    readonly rev: number;
    /** Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you. */
    readonly prevRev?: number;
    /** A UUID. */
    readonly actorId: string;
    readonly changed: {
      readonly title?: string | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
      readonly posting?: 'all' | 'admins';
      readonly adding?: 'all' | 'admins';
      /** 0 to 21,600. */
      readonly slowModeSeconds?: number;
    };
    readonly conversation: SharedConversation;
  };
  /** To all sockets of the user: they are no longer a member of a conversation, or it was deleted. */
  readonly conversation_removed: {
    /** A UUID. */
    readonly conversationId: string;
    readonly reason: 'left' | 'removed' | 'banned' | 'deleted';
  };
  /** To all sockets of the user: they have blocked a user, or ended the block, on whichever device. */
  readonly user_blocked: {
    /** A UUID. */
    readonly userId: string;
    /** False when the block has ended. */
    readonly isBlocked: boolean;
  };
  /** To all sockets of the user, and to each other socket once that has joined a conversation of which the user is a member, without those of people who have blocked the user, or whom the user has blocked: the display name or the avatar has changed. Of a deleted account, to the sockets that have joined a conversation in which it has written. At most once a minute for each user, the first at once, then the last state. */
  readonly user_updated: {
    /** A UUID. */
    readonly userId: string;
    readonly displayName: string;
    /** The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar. */
    readonly avatarUrl: string | null;
    /** Higher after each change of the profile: of two events of a user the one with the higher one is the later. */
    readonly version: number;
  };
  /** To the sockets that watch a user: the user has come online, or was offline for ten seconds, at most once in ten seconds; or may not be seen any more, and is shown as `offline` without a time. */
  readonly presence: Presence;
}

/** The events of clients by their names: the payload, and the data of the acknowledgement. */
export interface ClientEvents {
  /** Join the room of a conversation, to receive its events; of a thread, that of its parent as well. For members; needs `messages:read`. */
  readonly join_room: {
    readonly payload: {
      /** A UUID. */
      readonly conversationId: string;
    };
    readonly data: {
      /** A UUID. */
      readonly conversationId: string;
      readonly lastSeq: number;
      readonly rev: number;
      /** The epoch of the database. If it is another one than before, start over. */
      readonly epoch: string;
    };
  };
  /** Join the rooms of the 1,000 conversations with the latest activity. Needs `messages:read`. */
  readonly join_all: {
    readonly payload: Readonly<Record<string, never>>;
    readonly data: {
      readonly conversations: readonly {
        /** A UUID. */
        readonly conversationId: string;
        readonly lastSeq: number;
        readonly rev: number;
        readonly unreadCount: number;
        /** How many of the unread messages mention you or everybody; 100 stands for 100 or more. Absent: none. 1 to 100. */
        readonly mentionCount?: number;
      }[];
      /** Whether there are more conversations. */
      readonly truncated: boolean;
      /** The epoch of the database. If it is another one than before, start over. */
      readonly epoch: string;
    };
  };
  /** Leave the room of a conversation, to receive no more of its events, nor of those of its threads. */
  readonly leave_room: {
    readonly payload: {
      /** A UUID. */
      readonly conversationId: string;
    };
    readonly data: {
      /** A UUID. */
      readonly conversationId: string;
    };
  };
  /** Send a message, whether the room is joined or not. For members; needs `messages:create`. Repeating the same `clientMessageId` stores nothing. The conversation may refuse it: `POSTING_RESTRICTED`, `USER_NOT_REACHABLE`, `SLOW_MODE` with `retryAfterMs`, `MESSAGE_NOT_FOUND` of a `replyToId`, `CANNOT_MENTION_ALL`. */
  readonly send_message: {
    readonly payload: {
      /** A UUID. */
      readonly conversationId: string;
      /** 1 to 4,000 characters. */
      readonly content: string;
      /** Your own id for the message: a retry with the same id does not store it twice. Matches `^[A-Za-z0-9_-]{1,64}$`. */
      readonly clientMessageId?: string | undefined;
      /** The message of this conversation to which it replies; you must see it. */
      readonly replyToId?: string | undefined;
      /** Whom it mentions. Duplicates, and ids of users who are no members, are ignored. At most 50 entries. */
      readonly mentions?: readonly string[] | undefined;
      /** Whether it mentions everybody. For the owner and admins of a group. */
      readonly mentionsAll?: boolean | undefined;
      /** Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept. */
      readonly metadata?: Readonly<Record<string, unknown>> | undefined;
    };
    readonly data: {
      readonly message: Message;
      /** Whether the message had been stored before. */
      readonly duplicate: boolean;
    };
  };
  /** Advance your read position, at most to the last `seq`. For members; needs `messages:read`. */
  readonly mark_read: {
    readonly payload: {
      /** A UUID. */
      readonly conversationId: string;
      readonly seq: number;
    };
    readonly data: {
      /** A UUID. */
      readonly conversationId: string;
      readonly lastReadSeq: number;
      readonly unreadCount: number;
      /** How many of the unread messages mention you or everybody; 100 stands for 100 or more. Absent: none. 1 to 100. */
      readonly mentionCount?: number;
    };
  };
  /** Emit to the others in the room that you are typing, or have stopped. The room must be joined. Where one has blocked the other it reaches nobody. */
  readonly typing: {
    readonly payload: {
      /** A UUID. */
      readonly conversationId: string;
      readonly isTyping: boolean;
    };
    readonly data: Readonly<Record<string, unknown>>;
  };
  /** Replace the access token of the socket with a newer one of the same user. */
  readonly authenticate: {
    readonly payload: {
      /** 1 to 16,384 characters. */
      readonly token: string;
    };
    readonly data: {
      /** A time in ISO 8601. */
      readonly expiresAt: string;
    };
  };
  /** Watch whether users are online, in place of the users that this socket watched before. Answers their presence now. Needs `user:read`. */
  readonly subscribe_presence: {
    readonly payload: {
      /** The users to watch, instead of those before. Duplicates are ignored; none ends it. At most 200 entries. */
      readonly userIds: readonly string[];
    };
    readonly data: PresenceList;
  };
}

/** The acknowledgement of an event. */
export type Ack<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: Failure };

/** To a client whose handshake is refused permanently, as an `Error` with `data`; then its connection is closed, and the stock client does not reconnect. A temporary refusal only closes the connection. */
export type HandshakeRefusal = {
  /** `Unauthorized`, or for another namespace `Invalid namespace`. */
  readonly message: string;
  readonly data: {
    /** The stable code of the error. */
    readonly code: 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'SESSION_REVOKED' | 'ROUTE_NOT_FOUND';
    /** A text for people. */
    readonly message: string;
  };
};

/** The routes of the HTTP API. A `form` is sent as `multipart/form-data`. */
export interface Routes {
  /** Whether the process is alive */
  readonly 'GET /health': {
    readonly answer: Health;
  };
  /** Liveness probe: for a supervisor that restarts the process when it does not answer */
  readonly 'GET /health/live': {
    readonly answer: Health;
  };
  /** Readiness probe: for a load balancer */
  readonly 'GET /health/ready': {
    readonly answer: Health;
  };
  /** My profile */
  readonly 'GET /users/me': {
    readonly answer: OwnProfile;
  };
  /** Change my profile; omitted fields keep their values */
  readonly 'PUT /users/me': {
    readonly body: UpdateProfile;
    readonly answer: OwnProfile;
  };
  /** Delete my account: private posts are deleted; messages and public posts stay, by a “Deleted user” */
  readonly 'DELETE /users/me': {
    readonly body: DeleteAccount;
    readonly answer: undefined;
  };
  /** Upload my avatar: a JPEG, PNG or WebP image */
  readonly 'POST /users/me/avatar': {
    readonly form: {
      /** The image. Its type is detected from its content, not from its name. */
      readonly avatar: unknown;
    };
    readonly answer: OwnProfile;
  };
  /** Remove my avatar */
  readonly 'DELETE /users/me/avatar': {
    readonly answer: undefined;
  };
  /** Search users by the beginning of their display name */
  readonly 'GET /users': {
    readonly query: {
      /** The beginning of the display name; case and accents are ignored. 1 to 100 characters. */
      readonly search: string;
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the previous page. 1 to 4,000 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: PublicProfilePage;
  };
  /** A user */
  readonly 'GET /users/:id': {
    readonly params: {
      /** The id of the user. */
      readonly id: string;
    };
    readonly answer: PublicProfile;
  };
  /** An avatar, as `avatarUrl` names it */
  readonly 'GET /uploads/avatars/:name': {
    readonly params: {
      /** The last segment of an `avatarUrl`. */
      readonly name: string;
    };
    readonly answer: unknown;
  };
  /** Create an account and log in */
  readonly 'POST /auth/signup': {
    readonly body: Signup;
    readonly answer: Tokens;
  };
  /** Log in */
  readonly 'POST /auth/login': {
    readonly body: Login;
    readonly answer: Tokens;
  };
  /** Exchange a refresh token for new tokens */
  readonly 'POST /auth/refresh': {
    readonly body: Refresh;
    readonly answer: Tokens;
  };
  /** End this session, sockets included */
  readonly 'POST /auth/logout': {
    readonly answer: undefined;
  };
  /** Change the password and end every session */
  readonly 'POST /auth/change-password': {
    readonly body: ChangePassword;
    readonly answer: undefined;
  };
  /** My sessions, last used first */
  readonly 'GET /auth/sessions': {
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: Sessions;
  };
  /** End one of my sessions, sockets included */
  readonly 'DELETE /auth/sessions/:id': {
    readonly params: {
      /** The id of the session, as the list of sessions says. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create a conversation */
  readonly 'POST /chat/conversations': {
    readonly headers?: {
      /** Makes repeating harmless, after a 503 or a lost answer: for 24 hours the same key with the same body gets the answer of the first creation. 1 to 64 printable ASCII characters of your making, new for each creation, bare or as a quoted string (draft-ietf-httpapi-idempotency-key-header). Not empty. */
      readonly 'Idempotency-Key'?: string | undefined;
    };
    readonly body: CreateConversation;
    readonly answer: ConversationDetail;
  };
  /** My conversations, last activity first */
  readonly 'GET /chat/conversations': {
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
      /** Only groups, or only direct conversations. */
      readonly type?: 'group' | 'direct' | undefined;
      /** Only those that you have archived, or only the others. */
      readonly archived?: 'true' | 'false' | undefined;
      /** Only those that you have pinned, or only the others. */
      readonly pinned?: 'true' | 'false' | undefined;
    };
    readonly answer: ConversationPage;
  };
  /** One conversation with its members */
  readonly 'GET /chat/conversations/:id': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly answer: ConversationDetail;
  };
  /** Change the settings of a conversation */
  readonly 'PATCH /chat/conversations/:id': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly body: ChangeSettings;
    readonly answer: ConversationDetail;
  };
  /** Delete a conversation */
  readonly 'DELETE /chat/conversations/:id': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** The history by pages, newest first */
  readonly 'GET /chat/conversations/:id/messages': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** Number of the page: 1, the default, has the newest messages. At least 1. */
      readonly page?: number | undefined;
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** Whether the head of the conversation is answered, too, as `rev`. */
      readonly rev?: 'true' | 'false' | undefined;
    };
    readonly answer: MessagePage;
  };
  /** Send a message */
  readonly 'POST /chat/conversations/:id/messages': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly body: SendMessage;
    readonly answer: Message;
  };
  /** A window of the history, newest first */
  readonly 'GET /chat/conversations/:id/messages/window': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** The messages just below this `seq`. */
      readonly before?: number | undefined;
      /** The messages just above this `seq`. */
      readonly after?: number | undefined;
      /** The messages around this `seq`, half of them on each side; near an end of the history the other side has more. */
      readonly around?: number | undefined;
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** Whether changes of members and settings are answered, too, as `events`. */
      readonly events?: 'true' | 'false' | undefined;
      /** Whether the head of the conversation is answered, too, as `rev`. */
      readonly rev?: 'true' | 'false' | undefined;
    };
    readonly answer: MessageWindow;
  };
  /** The changes since a `rev`, to catch up */
  readonly 'GET /chat/conversations/:id/changes': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** The `rev` up to which you know all changes. Default: `0`. */
      readonly since?: number | undefined;
      /** The `epoch` that was answered with `since`. It is `CURSOR_INVALID` if the database has another one now. 1 to 64 characters. */
      readonly epoch?: string | undefined;
      /** Maximum number of messages; with `events`, of messages and events together. 1 to 500. Default: `100`. */
      readonly limit?: number | undefined;
      /** Whether changes of members and settings are answered, too, as `events`. */
      readonly events?: 'true' | 'false' | undefined;
      /** Whether the read positions that others have moved after `since` are answered, too, as `reads`. One request after an interruption is enough, with the `since` from before it. */
      readonly reads?: 'true' | 'false' | undefined;
    };
    readonly answer: Changes;
  };
  /** The members, in the order of joining */
  readonly 'GET /chat/conversations/:id/members': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** Maximum number of members. 1 to 100. Default: `100`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the previous page, or the `membersCursor` of a conversation. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: MemberPage;
  };
  /** Add a member */
  readonly 'POST /chat/conversations/:id/members': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly body: AddMember;
    readonly answer: Member;
  };
  /** Change the role of a member */
  readonly 'PATCH /chat/conversations/:id/members/:userId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the user. */
      readonly userId: string;
    };
    readonly body: ChangeRole;
    readonly answer: Member;
  };
  /** Remove a member, or leave */
  readonly 'DELETE /chat/conversations/:id/members/:userId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the user. */
      readonly userId: string;
    };
    readonly answer: undefined;
  };
  /** Who is banned from a conversation */
  readonly 'GET /chat/conversations/:id/bans': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: BanPage;
  };
  /** Ban a user from a conversation */
  readonly 'PUT /chat/conversations/:id/bans/:userId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the user. */
      readonly userId: string;
    };
    readonly body: BanMember;
    readonly answer: undefined;
  };
  /** Lift a ban */
  readonly 'DELETE /chat/conversations/:id/bans/:userId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the user. */
      readonly userId: string;
    };
    readonly answer: undefined;
  };
  /** Change what a conversation is to me */
  readonly 'PATCH /chat/conversations/:id/me': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly body: ChangeOwnMembership;
    readonly answer: OwnMembership;
  };
  /** Clear the history for me */
  readonly 'POST /chat/conversations/:id/clear': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** The changes of several conversations, to catch up */
  readonly 'POST /chat/changes': {
    readonly body: ListSeveralChanges;
    readonly answer: SeveralChanges;
  };
  /** How much I have not read, in total */
  readonly 'GET /chat/unread': {
    readonly query?: {
      /** Count all conversations, not only the 1,000 with the latest activity. */
      readonly exact?: 'true' | 'false' | undefined;
    };
    readonly answer: UnreadTotal;
  };
  /** Who has read a message */
  readonly 'GET /chat/conversations/:id/messages/:messageId/readers': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: ReaderPage;
  };
  /** Who has reacted to a message */
  readonly 'GET /chat/conversations/:id/messages/:messageId/reactions': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly query?: {
      /** An emoji, or a word of your application such as `:ship:`, percent-encoded: 1 to 32 code points without blanks and `/`, neither `.` nor `..`. With or without variation selectors (U+FE0E, U+FE0F) it is the same reaction. */
      readonly emoji?: string | undefined;
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: ReactionPage;
  };
  /** React to a message */
  readonly 'PUT /chat/conversations/:id/messages/:messageId/reactions/:emoji': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
      /** An emoji, or a word of your application such as `:ship:`, percent-encoded: 1 to 32 code points without blanks and `/`, neither `.` nor `..`. With or without variation selectors (U+FE0E, U+FE0F) it is the same reaction. */
      readonly emoji: string;
    };
    readonly answer: MessageAnswer;
  };
  /** Take a reaction back */
  readonly 'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
      /** An emoji, or a word of your application such as `:ship:`, percent-encoded: 1 to 32 code points without blanks and `/`, neither `.` nor `..`. With or without variation selectors (U+FE0E, U+FE0F) it is the same reaction. */
      readonly emoji: string;
    };
    readonly answer: MessageAnswer;
  };
  /** Remove somebody's reaction */
  readonly 'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji/:userId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
      /** An emoji, or a word of your application such as `:ship:`, percent-encoded: 1 to 32 code points without blanks and `/`, neither `.` nor `..`. With or without variation selectors (U+FE0E, U+FE0F) it is the same reaction. */
      readonly emoji: string;
      /** The id of the user. */
      readonly userId: string;
    };
    readonly answer: undefined;
  };
  /** One message */
  readonly 'GET /chat/conversations/:id/messages/:messageId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly answer: MessageAnswer;
  };
  /** Edit a message */
  readonly 'PATCH /chat/conversations/:id/messages/:messageId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly body: EditMessage;
    readonly answer: MessageAnswer;
  };
  /** Delete a message */
  readonly 'DELETE /chat/conversations/:id/messages/:messageId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly answer: undefined;
  };
  /** What a message said before its edits */
  readonly 'GET /chat/conversations/:id/messages/:messageId/versions': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: MessageVersionPage;
  };
  /** The pinned messages of a conversation */
  readonly 'GET /chat/conversations/:id/pins': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: PinPage;
  };
  /** Pin a message */
  readonly 'PUT /chat/conversations/:id/messages/:messageId/pin': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly answer: MessageAnswer;
  };
  /** Unpin a message */
  readonly 'DELETE /chat/conversations/:id/messages/:messageId/pin': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly answer: MessageAnswer;
  };
  /** Open the thread of a message */
  readonly 'PUT /chat/conversations/:id/messages/:messageId/thread': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the message. */
      readonly messageId: string;
    };
    readonly answer: ConversationDetail;
  };
  /** The open invites of a conversation */
  readonly 'GET /chat/conversations/:id/invites': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly answer: InviteList;
  };
  /** Create an invite */
  readonly 'POST /chat/conversations/:id/invites': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly body: CreateInvite;
    readonly answer: NewInvite;
  };
  /** Revoke an invite */
  readonly 'DELETE /chat/conversations/:id/invites/:inviteId': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
      /** The id of the invite. */
      readonly inviteId: string;
    };
    readonly answer: undefined;
  };
  /** Where an invite leads */
  readonly 'GET /chat/invites/:token': {
    readonly params: {
      /** The token of an invite. It is a secret. */
      readonly token: string;
    };
    readonly answer: InvitePreview;
  };
  /** Join the conversation of an invite */
  readonly 'POST /chat/invites/:token/join': {
    readonly params: {
      /** The token of an invite. It is a secret. */
      readonly token: string;
    };
    readonly answer: Conversation;
  };
  /** The users whom I have blocked, in the order of ids */
  readonly 'GET /users/me/blocks': {
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: BlockedUserPage;
  };
  /** Block a user */
  readonly 'PUT /users/me/blocks/:userId': {
    readonly params: {
      /** The id of the user. */
      readonly userId: string;
    };
    readonly answer: undefined;
  };
  /** Unblock a user */
  readonly 'DELETE /users/me/blocks/:userId': {
    readonly params: {
      /** The id of the user. */
      readonly userId: string;
    };
    readonly answer: undefined;
  };
  /** The messages that mention me, newest first */
  readonly 'GET /chat/mentions': {
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: MentionPage;
  };
  /** The threads that I follow */
  readonly 'GET /chat/threads': {
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
      /** Only those with unread replies. */
      readonly unread?: 'true' | 'false' | undefined;
    };
    readonly answer: ThreadPage;
  };
  /** The threads of a conversation */
  readonly 'GET /chat/conversations/:id/threads': {
    readonly params: {
      /** The id of the conversation. */
      readonly id: string;
    };
    readonly query?: {
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
      /** The `nextCursor` of the page before. 1 to 200 characters. */
      readonly cursor?: string | undefined;
    };
    readonly answer: ThreadPage;
  };
  /** Follow a thread */
  readonly 'PUT /chat/conversations/:id/follow': {
    readonly params: {
      /** The id of the thread. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Follow a thread no longer */
  readonly 'DELETE /chat/conversations/:id/follow': {
    readonly params: {
      /** The id of the thread. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Open the direct conversation with a user */
  readonly 'PUT /chat/conversations/direct/:userId': {
    readonly params: {
      /** The id of the other user. */
      readonly userId: string;
    };
    readonly answer: ConversationDetail;
  };
  /** Whether users are online, or when they were last seen */
  readonly 'GET /users/presence': {
    readonly query: {
      /** The ids of at most 200 users, with commas between them. Duplicates are ignored. */
      readonly ids: string;
    };
    readonly answer: PresenceList;
  };
  /** Public posts and your own private ones, newest first */
  readonly 'GET /posts': {
    readonly query?: {
      /** Number of the page: 1, the default, has the newest posts. At least 1. */
      readonly page?: number | undefined;
      /** How many at most. 1 to 100. Default: `20`. */
      readonly limit?: number | undefined;
    };
    readonly answer: PostPage;
  };
  /** Write a post */
  readonly 'POST /posts': {
    readonly headers?: {
      /** Makes repeating harmless, after a 503 or a lost answer: for 24 hours the same key with the same body gets the answer of the first creation. 1 to 64 printable ASCII characters of your making, new for each creation, bare or as a quoted string (draft-ietf-httpapi-idempotency-key-header). Not empty. */
      readonly 'Idempotency-Key'?: string | undefined;
    };
    readonly body: CreatePost;
    readonly answer: Post;
  };
  /** One post */
  readonly 'GET /posts/:id': {
    readonly params: {
      /** The id of the post. */
      readonly id: string;
    };
    readonly answer: Post;
  };
  /** Change a post of your own */
  readonly 'PATCH /posts/:id': {
    readonly params: {
      /** The id of the post. */
      readonly id: string;
    };
    readonly body: UpdatePost;
    readonly answer: Post;
  };
  /** Delete a post of your own */
  readonly 'DELETE /posts/:id': {
    readonly params: {
      /** The id of the post. */
      readonly id: string;
    };
    readonly answer: undefined;
  };
}
