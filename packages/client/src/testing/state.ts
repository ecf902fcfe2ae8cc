import type { Member, OwnMembership, Role, TimelineEvent, UpdateProfile } from '../contract.ts';

/** An account, and what its owner has set. */
export interface Account {
  readonly id: string;
  readonly email: string;
  password: string;
  displayName: string;
  bio: string | null;
  avatarUrl: string | null;
  readonly createdAt: string;
  updatedAt: string;
  version: number;
  settings: Pick<UpdateProfile, 'addableBy' | 'presence' | 'readReceipts'>;
  /** Times by the ids of the users whom it blocks. */
  readonly blocks: Map<string, string>;
}

/** A refresh token, and what has become of it. */
interface Grant {
  readonly sessionId: string;
  readonly issuedAt: number;
  /** Whether it, or an access token that came with it, has been used. */
  isUsed: boolean;
  rotatedAt: number | null;
  successor: string | null;
}

interface StoredSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  lastUsedAt: string;
}

export interface StoredMember extends Pick<Member, 'userId' | 'joinedAt'> {
  role: Role;
  /** What others are shown. */
  lastReadSeq: number;
  /** The last position that was marked, and the `rev` of then. */
  mark?: { readonly seq: number; readonly rev: number };
  /** What the member sees: it may go back. */
  ownReadSeq: number;
  visibleFromSeq: number;
  /** The `rev` of the first change of members or settings that the member is shown. */
  eventsFrom: number;
  /** What `me.version` has more than the own position. */
  changes: number;
  settings: Pick<OwnMembership, 'notify' | 'mutedUntil' | 'pinnedAt' | 'archivedAt'>;
}

export interface StoredMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly seq: number;
  readonly createdAt: string;
  readonly clientMessageId: string | null;
  /** What was first sent, to recognise a repetition. */
  readonly sent: string;
  readonly replyToId: string | undefined;
  rev: number;
  content: string;
  editedAt: string | null;
  deletedAt: string | null;
  deletedBy?: string | undefined;
  mentions: readonly string[];
  mentionsAll: boolean;
  metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Ids of users by kind, in the order of time. */
  readonly reactions: Map<string, string[]>;
  pinnedAt?: string | undefined;
  pinnedBy?: string | undefined;
  pinOrder?: number;
  threadId?: string | undefined;
  readonly versions: { content: string; metadata?: object | undefined; validUntil: string }[];
}

export interface StoredConversation {
  readonly id: string;
  readonly type: 'group' | 'direct' | 'thread';
  readonly parent?: { readonly conversationId: string; readonly messageId: string; readonly seq: number };
  readonly createdBy: string;
  readonly createdAt: string;
  title: string | null;
  updatedAt: string;
  /** Higher after each activity: times may be equal. */
  activity: number;
  rev: number;
  membersRev: number;
  settings: {
    metadata?: Readonly<Record<string, unknown>> | null;
    posting?: 'all' | 'admins';
    adding?: 'all' | 'admins';
    slowModeSeconds?: number;
  };
  /** In the order of joining; of a thread those who follow it. */
  readonly members: Map<string, StoredMember>;
  readonly messages: StoredMessage[];
  readonly events: TimelineEvent[];
}

/** Everything that the server has stored. */
export interface State {
  readonly accounts: Map<string, Account>;
  readonly sessions: Map<string, StoredSession>;
  /** Sessions that have ended. */
  readonly ended: Set<string>;
  readonly grants: Map<string, Grant>;
  readonly accessTokens: Map<string, { readonly refreshToken: string; expiresAt: number }>;
  readonly conversations: Map<string, StoredConversation>;
  /** The epoch of `rev` and `seq`. */
  readonly epoch: string;
  /** The present, in ISO 8601. */
  time(): string;
  now(): number;
  newId(): string;
  /** Higher than all before. */
  next(): number;
}

/** Nothing is stored yet. @param now milliseconds since 1970 */
export function createState(now: () => number): State {
  let ids = 0;
  let order = 0;
  const newId = (): string => {
    ids += 1;
    const time = now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${ids.toString(16).padStart(12, '0')}`;
  };
  return {
    accounts: new Map(),
    sessions: new Map(),
    ended: new Set(),
    grants: new Map(),
    accessTokens: new Map(),
    conversations: new Map(),
    epoch: newId(),
    now,
    time: () => new Date(now()).toISOString(),
    newId,
    next: () => (order += 1),
  };
}
