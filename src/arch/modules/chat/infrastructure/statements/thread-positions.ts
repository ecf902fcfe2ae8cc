import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { threadFollowers } from '../../../../common/infrastructure/database/schema.js';
import type { ChangedMembership } from '../../application/ports/own-membership.port.js';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../domain/models/own-membership.model.js';
import { selectMarkedThreadRead } from './mark-thread-read.statement.js';

/** A position that moves nothing: marking it as read only reads what the thread is to the user. */
const NOWHERE = 0;

/** The condition for one row of `thread_followers`. */
export const followerOf = (threadId: string, userId: string) =>
  and(eq(threadFollowers.threadId, threadId), eq(threadFollowers.userId, userId));

/**
 * The read positions of followers in their threads. To who does not follow everything is read, and nothing moves. Null
 * where the thread is not there for the user.
 */
export class ThreadPositions {
  private readonly marked;

  constructor(private readonly database: Database) {
    this.marked = database.prepare(selectMarkedThreadRead);
  }

  /** Forward only. */
  async markRead(threadId: string, userId: string, seq: number): Promise<ChangedMembership | null> {
    const [row] = await this.marked({ threadId, userId, seq });
    if (!row) return null;
    const { lastSeq, me, ...position } = row;
    return { ...position, me: ownMembershipOf({ ...UNCHANGED_MEMBERSHIP, ...me }, lastSeq) };
  }

  /** A lower position moves the follower's own one back, behind the row's lock. */
  movePosition(threadId: string, userId: string, seq: number): Promise<ChangedMembership | null> {
    const row = followerOf(threadId, userId);
    return this.database.runInTransaction(async () => {
      const followers = await this.database.query((db) =>
        db.select({ userId: threadFollowers.userId }).from(threadFollowers).where(row).for('no key update'),
      );
      const found = await this.markRead(threadId, userId, seq);
      if (followers.length === 0 || !found || seq >= found.me.lastReadSeq) return found;
      const unread = { unreadFromSeq: seq + 1, unreadAtSeq: found.lastReadSeq };
      // `me.version` is this and the own position: it rises by one whatever the position loses.
      const version = sql`${threadFollowers.version} + ${found.me.lastReadSeq - seq + 1}`;
      await this.database.query((db) =>
        db
          .update(threadFollowers)
          .set({ ...unread, version })
          .where(row),
      );
      const changed = await this.markRead(threadId, userId, NOWHERE);
      return changed && { ...changed, moved: found.moved, changed: true };
    });
  }
}
