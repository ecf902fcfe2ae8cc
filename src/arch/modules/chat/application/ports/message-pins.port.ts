import type { PinPage } from '../../domain/models/pin-page.model.js';

export interface PinsRequest {
  readonly conversationId: string;
  /** Whose own reactions come with the messages. */
  readonly readerId: string;
  /** The first message that the reader sees. */
  readonly visibleFrom: number;
  /** 1–100 */
  readonly limit: number;
  /** A previous `nextCursor`. */
  readonly cursor?: string | undefined;
}

/** Reads the pinned messages of conversations; `MessageChangePort` pins them. */
export abstract class MessagePinsPort {
  /** Also counts those that are hidden from some members. */
  abstract countPins(conversationId: string): Promise<number>;
  /**
   * Messages that the reader does not see are left out. A page ends at 1 MiB of JSON.
   * @throws CursorInvalidError for any other text
   */
  abstract findPins(request: PinsRequest): Promise<PinPage>;
}
