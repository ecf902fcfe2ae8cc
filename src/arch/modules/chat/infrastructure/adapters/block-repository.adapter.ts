import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, not, or } from 'drizzle-orm';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import {
  conversations,
  userBlocks,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { BlockedUserPage, BlockRepositoryPort } from '../../application/ports/block-repository.port.js';
import { decodeCursor, encodeCursor } from '../statements/user-cursor.js';
import { type DirectBlock, directBlocksIn } from '../statements/direct-blocks.js';
import { isDirectOf } from '../statements/direct-pair.js';
import { requireFreeAccount } from '../statements/free-account.js';

const { blockerId: blocker, blockedId: blocked, createdAt } = userBlocks;

@Injectable()
export class BlockRepositoryAdapter implements BlockRepositoryPort {
  private readonly direct;

  /** A group stays one. */
  constructor(private readonly database: Database) {
    this.direct = new BatchedLookup<DirectBlock>(
      database,
      directBlocksIn(database),
      ({ isDirect }) => !isDirect,
    );
  }

  async setBlock(blockerId: string, blockedId: string, isBlocked: boolean): Promise<boolean> {
    await this.lockAccounts(blockerId, isBlocked ? blockedId : null);
    await this.lockConversation(blockerId, blockedId);
    return isBlocked ? this.insertBlock(blockerId, blockedId) : this.deleteBlock(blockerId, blockedId);
  }

  isBlocked(blockerId: string, blockedId: string): Promise<boolean> {
    return this.database.runInTransaction(async () => {
      await requireFreeAccount(this.database, blockerId);
      const found = await this.database.query((db) =>
        db
          .select({ blockedId: blocked })
          .from(userBlocks)
          .where(and(eq(blocker, blockerId), eq(blocked, blockedId))),
      );
      return found.length > 0;
    });
  }

  async hasBlock(conversationId: string): Promise<boolean> {
    return (await this.direct.findValue(conversationId)).isBlocked;
  }

  async findPage(blockerId: string, limit: number, cursor?: string): Promise<BlockedUserPage> {
    const after = cursor === undefined ? undefined : gt(blocked, decodeCursor(cursor));
    const rows = await this.database.query((db) =>
      db
        .select({
          userId: blocked,
          displayName: userProfiles.displayName,
          avatarUrl: userProfiles.avatarUrl,
          blockedAt: createdAt,
        })
        .from(userBlocks)
        .innerJoin(userProfiles, eq(userProfiles.id, blocked))
        .where(and(eq(blocker, blockerId), after))
        .orderBy(asc(blocked))
        .limit(limit + 1),
    );
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(last.userId) : null };
  }

  async eraseAll(userId: string): Promise<void> {
    await this.database.query((db) =>
      db.delete(userBlocks).where(or(eq(blocker, userId), eq(blocked, userId))),
    );
  }

  /**
   * Who blocks cannot be added or written to meanwhile, and the account of the other one is not deleted. The locks are
   * taken in the order of ids: two who block each other at once would otherwise wait for each other.
   */
  private async lockAccounts(blockerId: string, blockedId: string | null): Promise<void> {
    for (const id of [blockerId, ...(blockedId === null ? [] : [blockedId])].toSorted()) {
      const found = await this.database.query((db) =>
        db
          .select({ id: userProfiles.id })
          .from(userProfiles)
          .where(and(eq(userProfiles.id, id), not(userProfiles.deleted)))
          .for(id === blockerId ? 'no key update' : 'share'),
      );
      if (found.length === 0) throw new UserNotFoundError();
    }
  }

  /** Waits for a message that is being stored. */
  private async lockConversation(blockerId: string, blockedId: string): Promise<void> {
    await this.database.query((db) =>
      db
        .select({ id: conversations.id })
        .from(conversations)
        .where(isDirectOf(blockerId, blockedId))
        .for('no key update'),
    );
  }

  private async insertBlock(blockerId: string, blockedId: string): Promise<boolean> {
    const inserted = await this.database.query((db) =>
      db
        .insert(userBlocks)
        .values({ blockerId, blockedId })
        .onConflictDoNothing()
        .returning({ blockedId: blocked }),
    );
    return inserted.length > 0;
  }

  private async deleteBlock(blockerId: string, blockedId: string): Promise<boolean> {
    const deleted = await this.database.query((db) =>
      db
        .delete(userBlocks)
        .where(and(eq(blocker, blockerId), eq(blocked, blockedId)))
        .returning({ blockedId: blocked }),
    );
    return deleted.length > 0;
  }
}
