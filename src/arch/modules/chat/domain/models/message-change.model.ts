import type { LockedConversation } from './conversation-change.model.js';
import type { ExtrasChange } from './message-extras.model.js';
import type { Message } from './message.model.js';
import type { ReadMessage } from './read-message.model.js';
import type { ParentPosition } from './thread.model.js';

/** The changes of one message; each takes a `rev`, which becomes the message's. */
export type MessageChange = MessageEdit | MessageDeletion | MessagePinning | MessageUnpinning | ThreadOpening;

interface MessageEdit {
  readonly kind: 'edited';
  readonly content: string;
  /** What else changes: those of the mentioned users that are members are mentioned. */
  readonly extras?: ExtrasChange;
  /** Whether the text and the metadata from before are kept as an earlier version. */
  readonly keepsEarlier: boolean;
}

/** Leaves the place, and takes everything that was said. */
interface MessageDeletion {
  readonly kind: 'deleted';
}

interface MessagePinning {
  readonly kind: 'pinned';
}

interface MessageUnpinning {
  readonly kind: 'unpinned';
}

/** A thread begins at the message. */
interface ThreadOpening {
  readonly kind: 'thread_opened';
  readonly threadId: string;
}

export type MessageChangeKind = MessageChange['kind'];
export type MessageChangeOf<Kind extends MessageChangeKind> = Extract<MessageChange, { kind: Kind }>;

/** Maximum earlier versions of a message that are kept; the oldest ones end first. */
export const VERSIONS_MAX = 100;

/** A change with its position in the conversation's history. */
export interface StoredMessageChange {
  readonly kind: MessageChangeKind;
  readonly conversationId: string;
  readonly rev: number;
  readonly actorId: string;
  /** The whole message as of the change, as somebody is shown it who sees the whole history. */
  readonly message: Message;
  /** Of a message in a thread. */
  readonly parent?: ParentPosition;
}

/** The state that a change is decided on: it is locked until the change is stored or refused. */
/** Its conversation is the one whose rules hold: of a thread, the parent. */
export interface LockedMessage extends Omit<LockedConversation, 'subjects'> {
  /** As the actor sees it; null when the conversation has no such message, or hides it from the actor. */
  readonly message: ReadMessage | null;
  /** The time of the database, as of `createdAt`. */
  readonly now: Date;
}
