import type { Message } from './message.model.js';

/** A page of the history by number. */
export interface StoredMessagePage {
  /** Newest first. */
  readonly data: readonly Message[];
  /** Number of messages of the conversation. */
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

/** A part of the history around a position. */
export interface MessageWindow {
  /** Newest first. */
  readonly data: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
}
