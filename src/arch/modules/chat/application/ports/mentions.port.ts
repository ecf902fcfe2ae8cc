import type { ReadMessage } from '../../domain/models/read-message.model.js';

export interface MentionPage {
  /** Each as the user sees it. */
  readonly data: readonly ReadMessage[];
  readonly nextCursor: string | null;
}

/** The messages that mention a user. */
export abstract class MentionsPort {
  /**
   * Those that mention the user or everybody and that the user sees, in the conversations of which the user is a member
   * now and in the threads that the user follows, newest first; as many as fit on a page.
   * @param limit 1–100
   * @throws CursorInvalidError
   */
  abstract findPage(userId: string, limit: number, cursor?: string): Promise<MentionPage>;
  /** For a user that no message can mention any more. Idempotent. */
  abstract eraseMentions(userId: string): Promise<void>;
}
