import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { MinuteLog } from '../../../../common/application/minute-log.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import { messageCreated, threadMoved } from '../../domain/events/chat-event.js';
import { placeBefore } from './answer-all.js';
import { behindLock, patiently } from './conversation-lock.js';
import { findLocked } from '../statements/locked-conversations.js';
import type { Pending } from './pending-write.js';
import { MovedRootsReader } from '../statements/moved-roots.reader.js';
import { StoredMessagesReader } from '../statements/stored-messages.reader.js';
import {
  countWrites,
  divided,
  endedGroups,
  lanesOf,
  type UnknownBatch,
  type UnknownGroup,
  unknownBatch,
} from './unknown-batch.js';
import type { WriteQueue } from './write-queue.js';

/** Milliseconds between two checks. */
const CHECK_INTERVAL = 100;
/** Number of checks between two waits for a lock, as in locked-writes.ts. */
const CHECKS_A_TURN = 8;
/** Milliseconds after which writes behind an interrupted one are refused, as there. */
const PATIENCE = 10_000;
/** Batches looked up at once: 4,096 messages, 16 MiB. */
const AT_ONCE = 16;

/**
 * Recovers batches whose answer was lost, so that it is unknown whether they were committed. Their senders have got an
 * error; here the events of stored messages are emitted. Until then nothing else is written to their conversations, so
 * that clients receive `rev` in order.
 */
export class InterruptedWrites {
  private readonly logger = new Logger(InterruptedWrites.name);
  private readonly failures = new MinuteLog<unknown>((count, error) =>
    this.logger.error(error, `Lookups of interrupted writes failed, and are repeated: ${count}.`),
  );
  private readonly stored;
  private readonly roots;
  private readonly unknown: UnknownBatch[] = [];
  /** Batches whose lookup has failed: each is looked up by itself, so that one does not stop the others. */
  private readonly suspects: UnknownBatch[] = [];
  private count = 0;
  /** Lanes in which all earlier transactions have ended, whichever transaction has locked them by now. */
  private readonly waitedFor = new Set<string>();
  private checking = false;

  /**
   * @param settled called when conversations may be written to again
   * @param most unknown writes above which no other write is begun
   * @param patience milliseconds after which writes behind an interrupted one are refused
   */
  constructor(
    private readonly database: Database,
    private readonly live: ChatPublisherPort,
    private readonly queue: WriteQueue<Pending>,
    private readonly settled: () => void,
    private readonly most: number,
    private readonly patience = PATIENCE,
  ) {
    this.stored = new StoredMessagesReader(database);
    this.roots = new MovedRootsReader(database);
  }

  /** @throws UnavailableError when too many outcomes are unknown: none may be dropped, so none may be added */
  requireRoom(): void {
    if (this.count >= this.most) throw new UnavailableError();
  }

  recover(writes: readonly Pending[]): void {
    this.unknown.push(unknownBatch(writes));
    this.count += writes.length;
    if (!this.checking) this.checkAll();
  }

  private readonly checkAll = guardListener(async () => {
    this.checking = true;
    this.database.work.beginOwnWork();
    try {
      for (let checks = 1; this.unknown.length + this.suspects.length > 0; checks += 1) {
        const isKnown = await this.settle(this.unknown.splice(0, AT_ONCE));
        if ((await this.settleSuspects()) && isKnown) continue;
        await setTimeout(CHECK_INTERVAL, undefined, { ref: false });
        if (checks % CHECKS_A_TURN === 0) await this.waitForOne();
      }
    } finally {
      this.checking = false;
      this.database.work.endOwnWork();
    }
  });

  private async settleSuspects(): Promise<boolean> {
    let isKnown = true;
    while (isKnown && this.suspects.length > 0) isKnown = await this.settle(this.suspects.splice(0, 1));
    return isKnown;
  }

  /** @returns whether the outcome of all of them is known */
  private async settle(batches: readonly UnknownBatch[]): Promise<boolean> {
    if (batches.length === 0) return true;
    try {
      if (this.database.isClosed) this.finishAll(batches);
      else await this.publishStored(batches);
    } catch (error) {
      if (!(error instanceof UnavailableError)) return this.suspect(batches, error);
      this.refuseBehind([...batches, ...this.unknown, ...this.suspects], error);
    }
    const left = batches.filter(({ groups }) => groups.size > 0);
    this.unknown.push(...left);
    return left.length === 0;
  }

  /** One of the batches alone may be at fault; none is dropped, because its events would never be emitted. */
  private suspect(batches: readonly UnknownBatch[], error: unknown): false {
    const left = batches.filter(({ groups }) => groups.size > 0);
    this.failures.logDetail(error);
    this.suspects.push(...(left.length > 1 ? left : left.flatMap(divided)));
    if (left.length === 1) this.refuseBehind(left, new UnavailableError());
    return false;
  }

  /** Takes two round trips. The second snapshot is needed, because the lock may have been released after the first. */
  private async publishStored(batches: readonly UnknownBatch[]): Promise<void> {
    const { current: epoch } = this.database.epoch;
    const locked = await findLocked(this.database, batches.flatMap(lanesOf));
    for (const lane of this.waitedFor) locked.delete(lane);
    this.waitedFor.clear();
    const ended = batches.flatMap((batch) => endedGroups(batch, locked).map((group) => ({ batch, group })));
    const lanes = new Map(ended.flatMap(({ group }) => group.ids.map((id) => [id, group.lane])));
    const messages = await this.stored.findMessages([...lanes.keys()]);
    const stored = Map.groupBy(messages, ({ id }) => lanes.get(id));
    const roots = await this.roots.find(messages);
    const moved = Map.groupBy(roots, ({ root }) => root.conversationId);
    const places = new Map(roots.map(({ root }) => [root.thread?.id, placeBefore(root)]));
    for (const { batch, group } of ended) {
      // The result belongs to an old epoch: the next check reads the new one.
      if (this.database.epoch.current !== epoch) return;
      for (const message of stored.get(group.lane) ?? [])
        this.live.publish(messageCreated(message, places.get(message.conversationId)));
      for (const { root, actorId } of moved.get(group.lane) ?? [])
        this.live.publish(threadMoved(root, actorId));
      if (await this.isRecovered(group)) this.finish(batch, group);
    }
    const overdue = batches.filter(({ since }) => performance.now() - since > this.patience);
    this.refuseBehind(overdue, new UnavailableError());
  }

  private async isRecovered({ recover }: UnknownGroup): Promise<boolean> {
    try {
      await recover?.();
      return true;
    } catch (error) {
      if (!(error instanceof UnavailableError)) this.failures.logDetail(error);
      return false;
    }
  }

  private finishAll(batches: readonly UnknownBatch[]): void {
    for (const batch of batches) for (const group of batch.groups) this.finish(batch, group);
  }

  private finish(batch: UnknownBatch, group: UnknownGroup): void {
    batch.groups.delete(group);
    this.count -= countWrites(group);
    this.queue.done([group]);
    this.settled();
  }

  /** Nothing of these writes has been sent to the database, whatever the result of the lookup. */
  private refuseBehind(batches: readonly UnknownBatch[], { details }: UnavailableError): void {
    const behind = this.queue.abandonBehind(batches.flatMap(({ groups }) => [...groups]));
    for (const { reject } of behind) reject(new UnavailableError(details));
  }

  /**
   * Checks alone might never find a conversation free that other nodes write to all the time: so one waits for its lock
   * in turn.
   */
  private async waitForOne(): Promise<void> {
    const longest = this.unknown.shift();
    if (!longest) return;
    const [lane = ''] = lanesOf(longest);
    try {
      await patiently(this.database, () =>
        behindLock(this.database, { lane, conversationId: lane }, async () => undefined),
      );
      this.waitedFor.add(lane);
      // Only the next check may know that it is free.
      this.unknown.unshift(longest);
    } catch {
      // It is still locked, or the database is unavailable: the next check finds out.
      this.unknown.push(longest);
    }
  }
}
