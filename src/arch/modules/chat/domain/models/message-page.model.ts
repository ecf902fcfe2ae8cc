import type { Message } from './message.model.js';

/** A numbered part of the history. */
export interface MessagePage {
  /** Newest first. */
  readonly data: Message[];
  /** Messages of the conversation. */
  readonly total: number;
}

/** A part of the history around a place in it. */
export interface MessageWindow {
  /** Newest first. */
  readonly data: Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
}
