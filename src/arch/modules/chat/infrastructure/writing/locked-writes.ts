import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { isLockTimeout } from '../../../../common/infrastructure/database/database-error.js';
import { findLocked } from '../statements/locked-conversations.js';
import {
  byLane,
  conversationsOf,
  draftsOf,
  heldBy,
  type Pending,
  type PendingGroup,
} from './pending-write.js';
import type { WriteQueue } from './write-queue.js';

/** Milliseconds between two checks. */
const CHECK_INTERVAL = 100;
/** Number of checks between two waits: waiting for a lock takes a connection that messages need, too. */
const CHECKS_A_TURN = 8;
/** Milliseconds after which a write, and those behind it, are refused. */
const PATIENCE = 10_000;

/**
 * Holds writes of which nothing is stored because another transaction has held a lock for longer than a batch waits.
 * Their conversations are not tried again until they are free, so that they delay others once only; other writes of the
 * same batch are written at once.
 */
export class LockedWrites {
  private readonly logger = new Logger(LockedWrites.name);
  private readonly held: PendingGroup[] = [];
  private readonly since = new WeakMap<Pending, number>();
  private checking = false;
  private waits = false;

  /**
   * @param write writes to a conversation as soon as it is free, and waits a second for it; on failure it adds the
   * write here again
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
    for (const group of byLane(batch)) {
      // A write that returns although the conversation was free waits for another lock, so its next check is not
      // urgent.
      if (this.since.has(group[0])) this.held.push(group);
      else fresh.push(group);
      this.since.set(group[0], this.since.get(group[0]) ?? performance.now());
    }
    if (fresh.length > 0) await this.divide(fresh);
    if (!this.checking) await this.checkAll();
  });

  private async checkAll(): Promise<void> {
    this.checking = true;
    try {
      for (let checks = 1; this.held.length > 0; checks += 1) {
        await setTimeout(CHECK_INTERVAL, undefined, { ref: false });
        if (checks % CHECKS_A_TURN === 0 && !this.waits) this.waitForOne();
        const groups = this.held.splice(0);
        const overdue = new Set(groups.filter(([first]) => this.isOverdue(first)));
        for (const group of overdue) this.giveUp(group);
        await this.divide(groups.filter((group) => !overdue.has(group)));
      }
    } finally {
      this.checking = false;
    }
  }

  /**
   * Checks alone might never find a conversation free that other nodes write to all the time: so one waits for its lock
   * in turn. The others are checked meanwhile.
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
      const conversations = groups.flatMap(conversationsOf);
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
      `Another transaction keeps conversation ${group[0].lane} locked: the writes that wait for it are refused.`,
    );
    this.refuse(group, new UnavailableError());
  }

  private refuse(group: PendingGroup, error: unknown): void {
    const refused = [...group, ...this.queue.abandonBehind(group)];
    this.queue.done(group);
    // Nothing of these writes is stored, whatever the result of the check.
    const refusal = error instanceof UnavailableError ? new UnavailableError(error.details) : error;
    for (const { reject } of refused) reject(refusal);
  }
}

function isBehindOneOf(locked: ReadonlySet<string>, group: PendingGroup): boolean {
  const senders = draftsOf(group).map(({ senderId }) => senderId);
  return [...conversationsOf(group), ...senders, ...heldBy(group)].some((id) => locked.has(id));
}
