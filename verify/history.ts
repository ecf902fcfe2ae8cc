/**
 * What one round did and was told. Messages, sends, clients and conversations are named by their index; a
 * tick is a place in the order in which this process did and heard things.
 */
export interface History {
  readonly clients: readonly { readonly name: string }[];
  readonly conversations: readonly Conversation[];
  /** Every message that anybody was shown; one shown in two forms is there twice. */
  readonly messages: readonly SeenMessage[];
  readonly sends: readonly Send[];
  readonly streams: readonly Stream[];
  readonly lists: readonly MessageList[];
  /** The server's whole history of each conversation, read page by page at the end, oldest first. */
  readonly stored: readonly (readonly number[])[];
  /** What somebody was told who must not be. */
  readonly leaks: readonly string[];
  /** Answers that the contract has no place for. */
  readonly oddities: readonly string[];
}

export interface Conversation {
  readonly id: string;
  readonly members: readonly number[];
  /** Members who were added after its creation; each took a `rev`. */
  readonly additions: number;
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
  /** It still listened when everything was settled. */
  readonly untilEnd: boolean;
  readonly messages: readonly number[];
}

/** A client's own list of a conversation after catching up. */
export interface MessageList {
  readonly client: number;
  readonly conversation: number;
  readonly how: string;
  readonly messages: readonly number[];
}
