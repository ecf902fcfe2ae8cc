/**
 * The record of a conversation whose messages change all the time: people edit and delete them, reply, mention each other,
 * react, and pin. Each of its threads has a record of its own, with the same people. People are referred to by their index,
 * states by theirs. A tick is a position in the order of what its clients have done and received.
 */
export interface Wall {
  readonly id: string;
  /** Of a thread: the message that it has begun at; null of another wall. */
  readonly root: WallRoot | null;
  /** Names in violations; the first one is the owner, the second an admin, the last a guest, who is removed and added again. */
  readonly people: readonly string[];
  readonly acts: readonly WallAct[];
  /** Every state of a message that anybody has received, each once. */
  readonly states: readonly State[];
  readonly ears: readonly WallEar[];
  readonly reads: readonly Read[];
  readonly keptStates: readonly KeptStates[];
  /** What the guest has received, or was allowed to do, although it was begun and ended while the guest was no member. */
  readonly outside: readonly string[];
  /** The state at the end; null when nobody could read it. */
  readonly end: WallEnd | null;
}

export interface WallRoot {
  /** Id of the parent. */
  readonly wall: string;
  readonly message: string;
}

/** `open`: a thread. `mark`: messages as read. */
type WallActKind =
  | 'send'
  | 'edit'
  | 'delete'
  | 'pin'
  | 'unpin'
  | 'react'
  | 'unreact'
  | 'remove'
  | 'rename'
  | 'open'
  | 'follow'
  | 'unfollow'
  | 'mark';

/** A request of one attempt. Without an answer it may have been processed or not. */
export interface WallAct {
  readonly kind: WallActKind;
  readonly actor: number;
  /** Of the message that it changes; empty for one that is sent, and where it changes none. */
  readonly message: string;
  /** The content, which is unique, or the emoji. */
  readonly value: string;
  /** Whose reaction it is; -1 when it is about none. */
  readonly subject: number;
  readonly outcome: 'done' | 'refused' | 'unknown';
  /** Of the message in the answer; 0 without one. */
  readonly rev: number;
  /** Tick of the answer; Infinity without one. */
  readonly ended: number;
}

/** What a message shows of its thread. */
interface ShownThread {
  readonly id: string;
  readonly replyCount: number;
  /** Empty where there is none. */
  readonly lastReplyAt: string;
}

/** A message as an answer or event had it. */
export interface State {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly sender: number;
  readonly content: string;
  readonly createdAt: string;
  readonly isDeleted: boolean;
  readonly isPinned: boolean;
  /** Whom it mentions: everybody when it mentions everybody. */
  readonly mentions: readonly number[];
  /** The summary. */
  readonly reactions: readonly {
    readonly emoji: string;
    readonly people: readonly number[];
    readonly count: number;
  }[];
  readonly thread: ShownThread | null;
  /** All fields of it that do not depend on when it is read. */
  readonly fields: string;
}

/** What one connection received from the room, from joining it until the connection ended. */
export interface WallEar {
  readonly person: number;
  readonly connection: number;
  /** The `rev` in the answer to the join; -1 without one. */
  readonly revAtJoin: number;
  /** Whether it was still in the room when all people had ended. */
  readonly untilEnd: boolean;
  readonly heard: readonly number[];
}

/** An answer with messages. */
export interface Read {
  readonly person: number;
  /** Tick of the request. */
  readonly begun: number;
  readonly states: readonly number[];
  /** The texts in it that only the wall has, wherever they are. */
  readonly texts: readonly string[];
}

/** What a client has at the end that has replaced states by those with a higher `rev`, and its own reactions. */
export interface KeptStates {
  readonly person: number;
  readonly states: readonly number[];
  readonly own: readonly OwnSet[];
}

export interface OwnSet {
  readonly id: string;
  readonly emojis: readonly string[];
}

export interface WallEnd {
  readonly rev: number;
  /** The messages, as the pages of the history show them. */
  readonly states: readonly number[];
  /** The messages, as `changes` shows them. */
  readonly changed: readonly number[];
  /** Numbers of the changes that are none of a message. */
  readonly logged: readonly number[];
  readonly reactions: readonly { readonly id: string; readonly emoji: string; readonly person: number }[];
  /** Ids of the messages in the list of pinned ones. */
  readonly pins: readonly string[];
  readonly readers: readonly WallReader[];
}

/** What one person is answered at the end. */
export interface WallReader {
  readonly person: number;
  /** Ids of the messages in the list of mentions. */
  readonly mentions: readonly string[];
  readonly mentionCount: number;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly own: readonly OwnSet[];
  /** The threads of this conversation in the list of those that the person follows. */
  readonly threads: readonly FollowedThread[];
  /** The ids in the list of those with unread replies. */
  readonly unreadThreads: readonly string[];
  /** How many of all followed threads have unread replies: as the total says, and in the list. */
  readonly unreadTotal: { readonly told: number; readonly listed: number };
}

/** As the list of followed threads has it. */
export interface FollowedThread {
  readonly id: string;
  /** The root, as a state of the parent. */
  readonly root: number;
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly mentionCount: number;
}
