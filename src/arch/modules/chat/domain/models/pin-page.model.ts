import type { ReadMessage } from './read-message.model.js';

/** Pinned messages as one reader gets them, the last pinned first. */
export interface PinPage {
  readonly data: readonly ReadMessage[];
  readonly nextCursor: string | null;
}
