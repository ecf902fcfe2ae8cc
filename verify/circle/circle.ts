/**
 * The record of a conversation whose members change all the time: people add, remove and ban each other, leave, come back, also
 * by invites, change roles and the title, and send messages. They block each other, too. People are referred to by their index.
 */
export interface Circle {
  /** Names in violations; the first created the conversation with all others as members. */
  readonly people: readonly string[];
  readonly acts: readonly Act[];
  /** Bans of the `subject` and their ends. */
  readonly bans: readonly Switching[];
  /** Blocks of the `subject` by the `actor`, and their ends. */
  readonly blocks: readonly Switching[];
  /** How many people the invites that were made let in together. */
  readonly invitePlaces: number;
  readonly ears: readonly Ear[];
  readonly directRequests: readonly DirectRequest[];
  readonly opened: readonly OpenedDirect[];
  readonly shownDirects: readonly ShownDirect[];
  readonly listedDirects: readonly ListedDirects[];
  /** The state at the end; null when nobody could read it. */
  readonly end: CircleEnd | null;
}

type RowKind = 'message' | 'member_added' | 'member_removed' | 'member_updated' | 'conversation_updated';

/** What a request, an event, and a row of the log say alike. */
export interface Fact {
  readonly kind: RowKind;
  readonly actor: number;
  /** -1 when it is about no member. */
  readonly subject: number;
  /** The content of a message, the role, the reason of a removal, or the title. */
  readonly value: string;
}

/** A request of one attempt. Without an answer it may have been processed or not. */
export interface Attempt {
  readonly outcome: 'done' | 'refused' | 'unknown';
  /** The time of the request, in milliseconds. */
  readonly begun: number;
  /** The time of the answer; Infinity when the outcome is unknown, as it may be processed later. */
  readonly ended: number;
  /** The code of the refusal; empty without one. */
  readonly code: string;
}

export interface Act extends Fact, Attempt {}

/** A request that begins something between two people, or ends it. */
export interface Switching extends Attempt {
  readonly actor: number;
  readonly subject: number;
  readonly isOn: boolean;
}

/** A request to open the direct conversation with somebody else, or to send a message there. */
export interface DirectRequest extends Attempt {
  readonly actor: number;
  readonly subject: number;
}

/** A number of the conversation: a message, or a row of the log. */
export interface Row extends Fact {
  readonly rev: number;
  /** The new owner after the owner has left; -1 if there is none. */
  readonly heir: number;
}

/** An event; its actor is -1 when the event has none. */
export type Heard = Fact & { readonly rev: number };

/** What one connection received from the room, from joining it until it was removed, or the connection ended. */
export interface Ear {
  readonly person: number;
  readonly connection: number;
  /** The `rev` in the answer to the join; -1 without one. */
  readonly revAtJoin: number;
  /** Whether it was still in the room when all people had ended. */
  readonly untilEnd: boolean;
  readonly heard: readonly Heard[];
}

/** An answer to opening a direct conversation; with oneself it is notes to oneself. */
export interface OpenedDirect {
  readonly person: number;
  readonly other: number;
  readonly id: string;
  readonly isNew: boolean;
  /** Whether the person has sent a message there, which was acknowledged. */
  hasMessage: boolean;
}

/** A direct conversation that a connection received `conversation_added` of. */
export interface ShownDirect {
  readonly person: number;
  readonly connection: number;
  readonly id: string;
}

/** The direct conversations in a person's list at the end, with the person on the other side. */
export interface ListedDirects {
  readonly person: number;
  readonly directs: readonly { readonly id: string; readonly other: number }[];
}

export type Role = 'owner' | 'admin' | 'member';

interface CircleEnd {
  readonly rev: number;
  readonly title: string;
  readonly members: readonly { readonly person: number; readonly role: Role }[];
  /** All messages and changes that `changes?events=true` has answered, in any order. */
  readonly rows: readonly Row[];
}
