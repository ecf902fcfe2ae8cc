import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { ChangedMembership, OwnMembershipPort } from '../../application/ports/own-membership.port.js';
import { eventsOfMembership } from '../../domain/events/membership-events.js';
import { type MembershipChange, ownMembershipOf } from '../../domain/models/own-membership.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { selectMarkedRead } from '../statements/mark-read.statement.js';
import { memberOf } from '../statements/membership-key.js';
import { ThreadPositions } from '../statements/thread-positions.js';
import { updateMembership } from '../statements/update-membership.statement.js';

/** A position that moves nothing: marking it as read only reads the membership. */
const NOWHERE = 0;
/** Past every message. */
const END = Number.MAX_SAFE_INTEGER;

type Work = () => Promise<ChangedMembership | null>;

@Injectable()
export class OwnMembershipAdapter implements OwnMembershipPort {
  private readonly markedRead;
  private readonly threads;

  constructor(
    private readonly database: Database,
    private readonly live: ChatPublisherPort,
  ) {
    this.markedRead = database.prepare(selectMarkedRead);
    this.threads = new ThreadPositions(database);
  }

  markRead(conversationId: string, userId: string, seq: number): Promise<ChangedMembership | null> {
    return this.publishWhatIsLost(conversationId, userId, seq, () =>
      this.movePosition(conversationId, userId, seq),
    );
  }

  changeMembership(
    conversationId: string,
    userId: string,
    change: MembershipChange,
  ): Promise<ChangedMembership | null> {
    return this.publishWhatIsLost(conversationId, userId, NOWHERE, () =>
      isThreadId(conversationId)
        ? this.changeInThread(conversationId, userId, change)
        : this.changeLocked(conversationId, userId, change.lastReadSeq ?? NOWHERE, (found) =>
            updateMembership(found, change),
          ),
    );
  }

  clearHistory(conversationId: string, userId: string): Promise<ChangedMembership | null> {
    return this.publishWhatIsLost(conversationId, userId, NOWHERE, () =>
      this.changeLocked(conversationId, userId, END, ({ me: { lastReadSeq, visibleFromSeq } }) =>
        visibleFromSeq > lastReadSeq ? null : { visibleFromSeq: lastReadSeq + 1, version: sql`version + 1` },
      ),
    );
  }

  /** Everything else is a matter of the parent. */
  private changeInThread(
    threadId: string,
    userId: string,
    { lastReadSeq }: MembershipChange,
  ): Promise<ChangedMembership | null> {
    return lastReadSeq === undefined
      ? this.threads.markRead(threadId, userId, NOWHERE)
      : this.threads.movePosition(threadId, userId, lastReadSeq);
  }

  /**
   * Moves the position forward, then updates the row, behind the row's lock. Messages of the member's own may be
   * stored meanwhile: they only move positions forward.
   */
  private changeLocked(
    conversationId: string,
    userId: string,
    seq: number,
    update: (found: ChangedMembership) => ReturnType<typeof updateMembership>,
  ): Promise<ChangedMembership | null> {
    const row = memberOf(conversationId, userId);
    return this.database.runInTransaction(async () => {
      await this.database.query((db) =>
        db.select().from(conversationMembers).where(row).for('no key update'),
      );
      const found = await this.movePosition(conversationId, userId, seq);
      const values = found && update(found);
      if (!values) return found;
      await this.database.query((db) => db.update(conversationMembers).set(values).where(row));
      const changed = await this.movePosition(conversationId, userId, NOWHERE);
      return changed && { ...changed, moved: found.moved, changed: true };
    });
  }

  private async movePosition(
    conversationId: string,
    userId: string,
    seq: number,
  ): Promise<ChangedMembership | null> {
    if (isThreadId(conversationId)) return this.threads.markRead(conversationId, userId, seq);
    const [row] = await this.markedRead({ conversationId, userId, seq });
    if (!row) return null;
    const { lastSeq, me, ...position } = row;
    return { ...position, me: ownMembershipOf(me, lastSeq) };
  }

  /** @param seq the position to move to again, as positions only move forward, when the answer was lost */
  private async publishWhatIsLost(
    conversationId: string,
    userId: string,
    seq: number,
    work: Work,
  ): Promise<ChangedMembership | null> {
    const { current: epoch } = this.database.epoch;
    try {
      return await work();
    } catch (error) {
      if (error instanceof UnavailableError && error.outcome) {
        this.publishLater(epoch, conversationId, userId, () =>
          this.movePosition(conversationId, userId, seq),
        );
      }
      throw error;
    }
  }

  /**
   * Runs when the answer was lost. In another epoch the result does not show what the member has read.
   * @param epoch epoch of the member's request: the change of epoch may have cut the connection
   */
  private publishLater(epoch: string, conversationId: string, userId: string, read: Work): void {
    let found: ChangedMembership | null = null;
    this.database.recoverCommit({
      isStored: async () => {
        await this.database.readEpoch();
        if (this.database.epoch.current !== epoch) return false;
        found = await read();
        return found !== null;
      },
      publish: () => {
        if (!found) return;
        const events = eventsOfMembership(conversationId, userId, { ...found, moved: true, changed: true });
        for (const event of events) this.live.publish(event);
      },
    });
  }
}
