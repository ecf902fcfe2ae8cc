import type { BlockedUser } from '../../domain/models/blocked-user.model.js';

export interface BlockedUserPage {
  /** In the order of ids. */
  readonly data: readonly BlockedUser[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export abstract class BlockRepositoryPort {
  /**
   * Blocks a user, or ends the block: part of the caller's transaction. Waits for what is being stored in the direct
   * conversation of the two, and for additions of who blocks; what is sent or added afterwards is decided on the new
   * state.
   * @returns whether it has changed anything
   * @throws UserNotFoundError when one of the accounts does not exist; ending a block only requires the own one
   */
  abstract setBlock(blockerId: string, blockedId: string, isBlocked: boolean): Promise<boolean>;
  /**
   * Whether the user is blocked, for the case that the answer to a COMMIT was lost.
   * @throws UnavailableError while a change may still be in flight
   */
  abstract isBlocked(blockerId: string, blockedId: string): Promise<boolean>;
  /** Whether it is a direct conversation of which one member has blocked the other. */
  abstract hasBlock(conversationId: string): Promise<boolean>;
  /**
   * @param limit 1–100
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findPage(blockerId: string, limit: number, cursor?: string): Promise<BlockedUserPage>;
  /** Deletes all blocks of the user, and those of others against the user. */
  abstract eraseAll(userId: string): Promise<void>;
}
