import type { Message } from './message.model.js';

/** Pinned messages, the last pinned first. */
export interface PinPage {
  readonly data: readonly Message[];
  readonly nextCursor: string | null;
}
