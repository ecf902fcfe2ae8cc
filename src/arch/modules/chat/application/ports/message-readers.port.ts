import type { ReaderPage } from '../../domain/models/reader-page.model.js';

export interface ReadersRequest {
  readonly conversationId: string;
  readonly messageId: string;
  /** Who asks. */
  readonly userId: string;
  /** 1–100 */
  readonly limit: number;
  /** A previous `nextCursor`. */
  readonly cursor?: string | undefined;
}

/** Reads who has read a message. */
export abstract class MessageReadersPort {
  /**
   * The members whose read position has reached the message; without its sender, without those who joined after it was
   * sent, as these start with everything read, and without those who do not show how far they have read. Who does not
   * show it either finds nobody else. Null when the conversation has no such message, or hides it from the user, and for
   * a user who is not a member. Of a message in a thread only followers are readers.
   * @throws CursorInvalidError for any other text
   */
  abstract findReaders(request: ReadersRequest): Promise<ReaderPage | null>;
}
