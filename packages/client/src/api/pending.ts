import type { Message } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';

/** A message to be sent. */
export interface Outgoing {
  /** The text. */
  readonly content: string;
  /** An id of one's own: sending again with the same one stores no second message. Default: a new one. */
  readonly clientMessageId?: string;
  /** The message to which it replies. */
  readonly replyToId?: string;
  /** The ids of the users whom it mentions. */
  readonly mentions?: readonly string[];
  /** It mentions everybody. */
  readonly mentionsAll?: true;
  /** Data of your application. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A message that the server has not confirmed yet. */
export interface Pending extends Outgoing {
  /** Its id until it is stored, and beyond: the stored message has it, too. */
  readonly clientMessageId: string;
  /** Where it is sent to. */
  readonly conversationId: string;
  /** When it was written, by the clock of the device. */
  readonly createdAt: string;
  /** A failed message waits for `retry` or `discard`. */
  readonly status: 'queued' | 'sending' | 'failed';
  /** Why it failed, or why it waits. */
  readonly error: CauserieError | null;
  /** How often it has been sent. */
  readonly attempts: number;
}

/** What `send` answers: the pending message, and what becomes of it. */
export interface Sending extends Pending {
  /** Resolves when the server has confirmed it. */
  readonly settled: Promise<Message>;
  /**
   * Resolves when it is in the storage, or confirmed: from then on a reload loses nothing, and the text can be cleared. With a
   * synchronous storage that is before anything is drawn. Rejects when it has been discarded before.
   */
  readonly stored: Promise<void>;
}
