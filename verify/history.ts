/**
 * What one round did and was told. Messages, sends, clients and conversations are named by their index; a
 * tick is a place in the order in which this process did and heard things.
 */
export interface History {
  /** How many nodes answered. Between several, live order is not promised. */
  readonly nodes: number;
  readonly clients: readonly { readonly name: string }[];
  readonly conversations: readonly Conversation[];
  /** Every message that anybody was shown; one shown in two forms is there twice. */
  readonly messages: readonly SeenMessage[];
  readonly sends: readonly Send[];
  readonly streams: readonly Stream[];
  readonly lists: readonly MessageList[];
  /** The server's whole history of each conversation, read page by page at the end, oldest first. */
  readonly stored: readonly (readonly number[])[];
  /** Each conversation as its page shows it at the end. */
  readonly ends: readonly End[];
  readonly additions: readonly Addition[];
  readonly connections: readonly Connection[];
  readonly heads: readonly Head[];
  readonly marks: readonly Mark[];
  readonly changes: readonly Changes[];
  readonly conversationLists: readonly ConversationList[];
  readonly endedSessions: readonly EndedSession[];
  /** What somebody was told who must not be. */
  readonly leaks: readonly string[];
  /** Answers that the contract has no place for. */
  readonly oddities: readonly string[];
}

export interface Conversation {
  readonly id: string;
  /** The members it was created with. */
  readonly founders: readonly number[];
  /** The tick at which its creation was first asked for. */
  readonly begun: number;
}

/** A member who came after the creation, which took a `rev`. */
export interface Addition {
  readonly conversation: number;
  readonly client: number;
  readonly begun: number;
  /** The tick at which it was known to be done. */
  readonly ended: number;
}

/** A live connection, and the conversations that it was told its user had been added to; -1 is none of this round's. */
export interface Connection {
  readonly client: number;
  readonly connection: number;
  readonly begun: number;
  /** It was still there when everything was settled. */
  readonly untilEnd: boolean;
  readonly invitations: readonly number[];
}

/** A conversation's end and its reader's place, as some answer told them together. */
export interface Head {
  readonly client: number;
  readonly conversation: number;
  readonly how: string;
  /** What was asked for between these ticks. */
  readonly begun: number;
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
  /** Infinity without an acknowledgement: then it may have been done or not. */
  readonly ended: number;
  /** As acknowledged; -1 without. */
  readonly lastReadSeq: number;
}

/** What a page of changes says of members. */
export interface Changes {
  readonly client: number;
  readonly conversation: number;
  readonly since: number;
  /** The conversation's, of the page's snapshot. */
  readonly rev: number;
  readonly members: readonly number[] | null;
}

export interface End {
  readonly lastSeq: number;
  readonly rev: number;
  readonly members: readonly { readonly client: number; readonly lastReadSeq: number }[];
}

/** All conversations of a client, as it may page through them at the end; -1 is none of this round's. */
export interface ConversationList {
  readonly client: number;
  readonly conversations: readonly number[];
}

/** A session that was logged out while its socket listened. */
export interface EndedSession {
  readonly client: number;
  readonly connection: number;
  /** The tick at which the logout was answered. */
  readonly ended: number;
  /** Its connection was ended, and its token refused. */
  readonly closed: boolean;
}

export interface SeenMessage {
  readonly id: string;
  /** -1 when it is none of this round's. */
  readonly conversation: number;
  /** -1 when it is none of this round's. */
  readonly sender: number;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly content: string;
  readonly createdAt: string;
  /** The tick at which the first of all was shown it. */
  readonly firstSeen: number;
}

/** A message that a client wants stored; its content is like no other's. */
export interface Send {
  readonly sender: number;
  readonly conversation: number;
  /** Without one there is a single attempt. */
  readonly clientMessageId: string | null;
  readonly content: string;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  /** The live connection it was made on; 0 is HTTP. */
  readonly connection: number;
  readonly begun: number;
  readonly outcome: Outcome;
  /** What the acknowledgement showed; -1 without one. */
  readonly message: number;
}

/** `stored` and `duplicate` are acknowledgements; what is `unknown` may be stored or not. */
export type Outcome = 'unknown' | 'stored' | 'duplicate' | 'refused';

/** What one connection heard of one room, from joining to leaving it or to the connection's end. */
export interface Stream {
  readonly client: number;
  readonly conversation: number;
  readonly connection: number;
  /** The conversation's end as the join answered it; -1 when no answer came. */
  readonly lastSeqAtJoin: number;
  readonly revAtJoin: number;
  /** The tick at which the join was answered; Infinity when it was not. */
  readonly joined: number;
  /** It still listened when everything was settled. */
  readonly untilEnd: boolean;
  readonly messages: readonly number[];
  readonly additions: readonly HeardAddition[];
  readonly reads: readonly HeardRead[];
}

/** A `member_added`. */
interface HeardAddition {
  readonly rev: number;
  /** -1 when it is nobody of this round. */
  readonly client: number;
  /** How many messages the stream had heard before. */
  readonly after: number;
}

/** A `message_read`. */
interface HeardRead {
  readonly client: number;
  readonly lastReadSeq: number;
}

/** A client's own list of a conversation after catching up. */
export interface MessageList {
  readonly client: number;
  readonly conversation: number;
  readonly how: string;
  readonly messages: readonly number[];
}
