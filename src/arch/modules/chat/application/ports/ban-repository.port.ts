import type { Ban, BanDraft } from '../../domain/models/ban.model.js';

export interface BanPage {
  /** In the order of the users' ids. */
  readonly data: readonly Ban[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Who is banned from which conversation. Expired bans are as if they were not there. */
export abstract class BanRepositoryPort {
  /**
   * Stores a ban, in place of an earlier one of the same user.
   * @returns false when it has expired already: then nothing is stored
   */
  abstract storeBan(
    conversationId: string,
    userId: string,
    bannedBy: string,
    ban: BanDraft,
  ): Promise<boolean>;
  /** Lifts a ban; without one it does nothing. */
  abstract deleteBan(conversationId: string, userId: string): Promise<void>;
  /** Lifts all bans of a user whose account is being deleted. */
  abstract deleteBansOf(userId: string): Promise<void>;
  abstract isBanned(conversationId: string, userId: string): Promise<boolean>;
  /**
   * @param limit 1–100
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findBans(conversationId: string, limit: number, cursor?: string): Promise<BanPage>;
}
