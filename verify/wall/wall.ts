/**
 * The record of a conversation whose messages change all the time: people edit and delete them, reply, mention each other,
 * react, and pin. People are referred to by their index, states by theirs. A tick is a position in the order of what its
 * clients have done and received.
 */
export interface Wall {
  /** Names in violations; the first one is the owner, the second an admin. */
  readonly people: readonly string[];
  readonly acts: readonly WallAct[];
  /** Every state of a message that anybody has received, each once. */
  readonly states: readonly State[];
  readonly ears: readonly WallEar[];
  readonly reads: readonly Read[];
  readonly keptStates: readonly KeptStates[];
  /** The state at the end; null when nobody could read it. */
  readonly end: WallEnd | null;
}

type WallActKind = 'send' | 'edit' | 'delete' | 'pin' | 'unpin' | 'react' | 'unreact' | 'remove' | 'rename';

/** A request of one attempt. Without an answer it may have been processed or not. */
export interface WallAct {
  readonly kind: WallActKind;
  readonly actor: number;
  /** Of the message that it changes; empty for one that is sent, and for the name. */
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

/** A message as an answer or event had it. */
export interface State {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly sender: number;
  readonly content: string;
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
  readonly own: readonly OwnSet[];
}
