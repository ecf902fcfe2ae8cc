import type { MessageSender } from './message.model.js';

/** A page of those who have read a message. */
export interface ReaderPage {
  /** In the order of joining. */
  readonly data: readonly MessageSender[];
  /** The number of all readers. */
  readonly count: number;
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}
