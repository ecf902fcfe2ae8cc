import type { Message } from './message.model.js';

/** What a numbered part of the history holds. */
export interface StoredMessagePage {
  /** Newest first. */
  readonly data: readonly Message[];
  /** Messages of the conversation. */
  readonly total: number;
}

/** A numbered part of the history. */
export interface MessagePage extends StoredMessagePage {
  /** The oldest of the page are left out, as it ends at 1 MiB of JSON: they are those before the last one shown. */
  readonly truncated: boolean;
}

/** A part of the history around a place in it. */
export interface MessageWindow {
  /** Newest first. */
  readonly data: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
}
