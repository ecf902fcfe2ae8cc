import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { isLockTimeout } from '../../../../common/infrastructure/database/database-error.js';
import { findLocked } from '../statements/locked-conversations.js';
import { byConversation, draftsOf, heldBy, type Pending, type PendingGroup } from './pending-write.js';
import type { WriteQueue } from './write-queue.js';

/** Milliseconds between two looks. */
const LOOK_AGAIN = 100;
/** Looks between two that are waited for: waiting for a lock takes a connection that messages need, too. */
const LOOKS_A_TURN = 8;
/** Milliseconds after which a write, and what waits behind it, is refused. */
const PATIENCE = 10_000;

/**
 * Writes of which nothing is stored because somebody has kept a lock for longer than a batch waits. Their conversations
 * are left alone until they are free, so that this holds up others once and not again and again; those that were only
 * in one batch with them are written at once.
 */
export class LockedWrites {
  private readonly logger = new Logger(LockedWrites.name);
  private readonly held: PendingGroup[] = [];
  private readonly since = new WeakMap<Pending, number>();
  private looking = false;
  private waits = false;

  /**
   * @param write writes to a conversation as soon as it is free, and waits a second for it; adds here what was in vain
   * @param settled called when a conversation may be written to again
   * @param patience milliseconds after which a write is refused
   */
  constructor(
    private readonly database: Database,
    private readonly queue: WriteQueue<Pending>,
    private readonly write: (group: PendingGroup) => Promise<void>,
    private readonly settled: () => void,
    private readonly patience = PATIENCE,
  ) {}

  readonly add = guardListener(async (batch: readonly Pending[]) => {
    const fresh: PendingGroup[] = [];
    for (const group of byConversation(batch)) {
      // Whoever comes back, although the conversation was free, waits for something else: no hurry.
      if (this.since.has(group[0])) this.held.push(group);
      else fresh.push(group);
      this.since.set(group[0], this.since.get(group[0]) ?? performance.now());
    }
    if (fresh.length > 0) await this.divide(fresh);
    if (!this.looking) await this.look();
  });

  private async look(): Promise<void> {
    this.looking = true;
    try {
      for (let looks = 1; this.held.length > 0; looks += 1) {
        await setTimeout(LOOK_AGAIN, undefined, { ref: false });
        if (looks % LOOKS_A_TURN === 0 && !this.waits) this.waitForOne();
        const groups = this.held.splice(0);
        const overdue = new Set(groups.filter(([first]) => this.isOverdue(first)));
        for (const group of overdue) this.giveUp(group);
        await this.divide(groups.filter((group) => !overdue.has(group)));
      }
    } finally {
      this.looking = false;
    }
  }

  /**
   * Looks alone might never find a conversation free to which other nodes write all the time: one of them has its turn
   * in line with those. The others are looked at meanwhile.
   */
  private readonly waitForOne = guardListener(async () => {
    const longest = this.held.shift();
    if (!longest) return;
    this.waits = true;
    await this.write(longest);
    this.waits = false;
    this.settled();
  });

  private async divide(groups: readonly PendingGroup[]): Promise<void> {
    try {
      const conversations = groups.map(([{ conversationId }]) => conversationId);
      const senders = new Set(draftsOf(groups.flat()).map(({ senderId }) => senderId));
      const locked = await findLocked(this.database, conversations, [...senders], heldBy(groups.flat()));
      for (const group of groups) {
        if (isBehindOneOf(locked, group)) this.held.push(group);
        else this.queue.putBack(group);
      }
    } catch (error) {
      // The whole table is locked.
      if (isLockTimeout(error)) this.held.push(...groups);
      else for (const group of groups) this.refuse(group, error);
    }
    this.settled();
  }

  private isOverdue(write: Pending): boolean {
    return performance.now() - (this.since.get(write) ?? 0) > this.patience;
  }

  private giveUp(group: PendingGroup): void {
    this.logger.warn(
      `Somebody keeps conversation ${group[0].conversationId} locked: what waited for it is refused.`,
    );
    this.refuse(group, new UnavailableError());
  }

  private refuse(group: PendingGroup, error: unknown): void {
    const refused = [...group, ...this.queue.abandonBehind(group)];
    this.queue.done(group);
    // Nothing of theirs is stored, whatever became of the look.
    const told = error instanceof UnavailableError ? new UnavailableError(error.details) : error;
    for (const { reject } of refused) reject(told);
  }
}

function isBehindOneOf(locked: ReadonlySet<string>, group: PendingGroup): boolean {
  const senders = draftsOf(group).map(({ senderId }) => senderId);
  return [group[0].conversationId, ...senders, ...heldBy(group)].some((id) => locked.has(id));
}
