import type { Circle } from './circle/circle.ts';
import type { Wall } from './wall/wall.ts';

/**
 * The record of one round: what the clients did and what they received. Messages, sends, clients and conversations are
 * referred to by their index. A tick is a position in the order of all events of this process.
 */
export interface History {
  /** Number of nodes. With several, the order of live delivery is not promised. */
  readonly nodes: number;
  readonly clients: readonly { readonly name: string }[];
  readonly conversations: readonly Conversation[];
  /** Every message that any client received. One that was received in two versions is in the list twice. */
  readonly messages: readonly SeenMessage[];
  readonly sends: readonly Send[];
  readonly streams: readonly Stream[];
  readonly lists: readonly MessageList[];
  /** All messages of each conversation, read page by page at the end, oldest first. */
  readonly stored: readonly (readonly number[])[];
  /** The state of each conversation at the end. */
  readonly ends: readonly End[];
  readonly additions: readonly Addition[];
  readonly connections: readonly Connection[];
  readonly heads: readonly Head[];
  readonly marks: readonly Mark[];
  readonly changes: readonly Changes[];
  readonly conversationLists: readonly ConversationList[];
  readonly endedSessions: readonly EndedSession[];
  readonly circles: readonly Circle[];
  readonly walls: readonly Wall[];
  readonly ownUpdates: readonly OwnUpdate[];
  /** Descriptions of data that a client received without permission. */
  readonly leaks: readonly string[];
  /** Descriptions of what a client of the library holds, or tells, otherwise than the server. */
  readonly differences: readonly string[];
  /** Descriptions of answers that the contract does not allow. */
  readonly unexpectedAnswers: readonly string[];
}

/** A `me_updated` event. */
export interface OwnUpdate {
  readonly client: number;
  /** -1 for a conversation of another round. */
  readonly conversation: number;
  readonly lastReadSeq: number;
  /** Tick at which it was received. */
  readonly received: number;
}

export interface Conversation {
  readonly id: string;
  /** Members since the creation. */
  readonly founders: readonly number[];
  /** Tick of the first request to create it. */
  readonly begun: number;
}

/** A member who was added after the creation, which took a `rev`. */
export interface Addition {
  readonly conversation: number;
  readonly client: number;
  readonly begun: number;
  /** Tick of the answer. */
  readonly ended: number;
}

/**
 * A socket connection, and the conversations for which it received `conversation_added`; -1 for a conversation of
 * another round.
 */
export interface Connection {
  readonly client: number;
  readonly connection: number;
  readonly begun: number;
  /** Whether it was still open when all clients had caught up. */
  readonly untilEnd: boolean;
  readonly invitations: readonly number[];
}

/** The head of a conversation and the read position of a member, as one answer had them. */
export interface Head {
  readonly client: number;
  readonly conversation: number;
  readonly how: string;
  /** Tick of the request; 0 for an event. */
  readonly begun: number;
  /** Tick of the answer. */
  readonly ended: number;
  readonly lastSeq: number;
  /** -1 when the answer has none. */
  readonly rev: number;
  /** -1 when the answer has none. */
  readonly lastReadSeq: number;
  /** -1 when the answer has none. */
  readonly unreadCount: number;
}

/** A `mark_read`. */
export interface Mark {
  readonly client: number;
  readonly conversation: number;
  readonly seq: number;
  readonly begun: number;
  /** Tick of the acknowledgement; Infinity without one, when it may have been processed or not. */
  readonly ended: number;
  /** `lastReadSeq` of the acknowledgement; -1 without one. */
  readonly lastReadSeq: number;
}

/** The members in a page of changes. */
export interface Changes {
  readonly client: number;
  readonly conversation: number;
  readonly since: number;
  /** The conversation's `rev` in the page. */
  readonly rev: number;
  readonly members: readonly number[] | null;
}

export interface End {
  readonly lastSeq: number;
  readonly rev: number;
  readonly members: readonly { readonly client: number; readonly lastReadSeq: number }[];
}

/** A client's list of conversations, read at the end; -1 for a conversation of another round. */
export interface ConversationList {
  readonly client: number;
  readonly conversations: readonly number[];
}

/** A session that was logged out while its socket was connected. */
export interface EndedSession {
  readonly client: number;
  readonly connection: number;
  /** Tick at which the logout was answered. */
  readonly ended: number;
  /** Whether its connection was closed and its token refused. */
  readonly closed: boolean;
}

export interface SeenMessage {
  readonly id: string;
  /** -1 for a conversation of another round. */
  readonly conversation: number;
  /** -1 for a sender who is no client of this round. */
  readonly sender: number;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly content: string;
  readonly createdAt: string;
  /** Tick at which the first client received it. */
  readonly firstSeen: number;
}

/** A message that a client sends, in one or several attempts. Its content is unique. */
export interface Send {
  readonly sender: number;
  readonly conversation: number;
  /** A message with null is sent only once. */
  readonly clientMessageId: string | null;
  readonly content: string;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  /** The socket connection; 0 for HTTP. */
  readonly connection: number;
  readonly begun: number;
  readonly outcome: Outcome;
  /** The message in the acknowledgement; -1 without one. */
  readonly message: number;
}

/** `stored` and `duplicate` are acknowledgements; an `unknown` attempt may have stored the message or not. */
export type Outcome = 'unknown' | 'stored' | 'duplicate' | 'refused';

/** What one connection received from one room, from joining it until leaving it or until the connection's end. */
export interface Stream {
  readonly client: number;
  readonly conversation: number;
  readonly connection: number;
  /** The conversation's head in the answer to the join; -1 without an answer. */
  readonly lastSeqAtJoin: number;
  readonly revAtJoin: number;
  /** Tick of the answer to the join; Infinity without one. */
  readonly joined: number;
  /** Whether it was still in the room when all clients had caught up. */
  readonly untilEnd: boolean;
  readonly messages: readonly number[];
  readonly additions: readonly ReceivedAddition[];
  readonly reads: readonly ReceivedRead[];
}

/** A `member_added` event. */
interface ReceivedAddition {
  readonly rev: number;
  /** -1 for a user who is no client of this round. */
  readonly client: number;
  /** Number of messages that the stream had received before. */
  readonly after: number;
}

/** A `message_read` event. */
interface ReceivedRead {
  readonly client: number;
  readonly lastReadSeq: number;
}

/** A client's list of the messages of a conversation, after catching up. */
export interface MessageList {
  readonly client: number;
  readonly conversation: number;
  readonly how: string;
  readonly messages: readonly number[];
}
