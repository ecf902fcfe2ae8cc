import type { ReadMessage } from './read-message.model.js';
import type { TimelineEvent } from './timeline-event.model.js';

/** Messages of the history, from one snapshot. */
export interface StoredMessages {
  /** Newest first. */
  readonly data: readonly ReadMessage[];
  /** The head of the conversation in that snapshot: all changes up to it are in the messages. */
  readonly rev: number;
}

/** A page of the history by number. */
export interface StoredMessagePage extends StoredMessages {
  /** Number of messages of the conversation that the reader sees. */
  readonly total: number;
}

/** A page of the history by number. */
export interface MessagePage extends StoredMessagePage {
  /**
   * Whether the oldest messages of the page are omitted, because it ends at 1 MiB of JSON: they come before the last
   * one shown.
   */
  readonly truncated: boolean;
}

/** A part of the history by `seq`. */
export interface StoredMessageRange extends StoredMessages {
  /** The `seq` of the newest message in that snapshot; 0 without any. */
  readonly lastSeq: number;
}

/** A part of the history around a position. */
export interface MessageWindow extends StoredMessages {
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
  /** The events that are after one of these messages, or before the first of all, newest first; if asked for. */
  readonly events?: readonly TimelineEvent[];
  /** Whether there are more of them than a window shows: then the oldest are omitted. */
  readonly eventsTruncated?: boolean;
}
