/** Where the version of a UUID stands in its text (RFC 9562, section 4.2). */
const VERSION_AT = 14;

/** A conversation that has begun at a message of another one, its parent. It has the parent's members and rights. */
export interface ThreadPlace {
  readonly parentId: string;
  /** The `seq` of the message in the parent. */
  readonly rootSeq: number;
}

/** The message that a thread has begun at. */
export interface ThreadRoot {
  /** The thread's parent. */
  readonly conversationId: string;
  readonly messageId: string;
  /** In the parent. */
  readonly seq: number;
}

/** What has come before a change of a thread in the history of its parent. */
export interface ParentPosition {
  /** The parent. */
  readonly conversationId: string;
  /** The parent's last change before that of the thread. */
  readonly rev: number;
}

/**
 * The id of a new thread: a UUID of version 8 (RFC 9562, section 5.8), and in everything else the given one of version 7. So
 * an id alone tells whether it is a thread's, and nothing is looked up for the messages of other conversations.
 */
export function toThreadId(id: string): string {
  return `${id.slice(0, VERSION_AT)}8${id.slice(VERSION_AT + 1)}`;
}

/** Whether a conversation with this id is a thread, if there is one. */
export function isThreadId(id: string): boolean {
  return id[VERSION_AT] === '8';
}
