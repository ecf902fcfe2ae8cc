import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { WAITS } from '../../../../common/infrastructure/database/lanes.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import { behindLock, patiently } from './conversation-lock.js';
import { findLocked } from './locked-conversations.js';
import {
  byConversation,
  draftsOf,
  type Pending,
  type PendingGroup,
  type PendingWork,
} from './pending-write.js';
import { StoredMessagesReader } from './stored-messages.reader.js';
import type { WriteQueue } from './write-queue.js';

/** Milliseconds between two looks. */
const LOOK_AGAIN = 100;
/** Looks between two that are waited for, as in locked-writes.ts. */
const LOOKS_A_TURN = 8;
/** Milliseconds after which what waits behind an interrupted write is refused, as there. */
const PATIENCE = 10_000;
/** Batches looked up at once: 4,096 messages, 16 MiB. */
const AT_ONCE = 16;

/** What shared a statement, as far as it is not known what became of it. */
interface Batch {
  readonly since: number;
  readonly groups: Set<PendingGroup>;
}

/**
 * Whether a batch was committed is unknown when its answer was lost. Its senders have been told; here those who listen
 * hear of what was. Until that is known nothing else is written to its conversations: `rev` reaches listeners in order.
 */
export class InterruptedWrites {
  private readonly logger = new Logger(InterruptedWrites.name);
  private readonly stored;
  private readonly unknown: Batch[] = [];
  /** Conversations in which everything that began before has ended, whoever has them locked by now. */
  private readonly waitedFor = new Set<string>();
  private looking = false;

  /**
   * @param settled called when conversations may be written to again
   * @param patience milliseconds after which what waits behind an interrupted write is refused
   */
  constructor(
    private readonly database: Database,
    private readonly live: ChatPublisherPort,
    private readonly queue: WriteQueue<Pending>,
    private readonly settled: () => void,
    private readonly patience = PATIENCE,
  ) {
    this.stored = new StoredMessagesReader(database);
  }

  recover(writes: readonly Pending[]): void {
    this.unknown.push({ since: performance.now(), groups: new Set(byConversation(writes)) });
    if (!this.looking) this.look();
  }

  private readonly look = guardListener(async () => {
    this.looking = true;
    try {
      for (let looks = 1; this.unknown.length > 0; looks += 1) {
        const batches = this.unknown.splice(0, AT_ONCE);
        await this.settle(batches);
        const left = batches.filter(({ groups }) => groups.size > 0);
        this.unknown.push(...left);
        if (left.length === 0) continue;
        await setTimeout(LOOK_AGAIN, undefined, { ref: false });
        if (looks % LOOKS_A_TURN === 0) await this.waitForOne();
      }
    } finally {
      this.looking = false;
    }
  });

  private async settle(batches: readonly Batch[]): Promise<void> {
    try {
      if (!this.database.isClosed) return await this.tellStored(batches);
    } catch (error) {
      if (error instanceof UnavailableError) return this.refuseBehind([...batches, ...this.unknown], error);
      this.logError(error);
    }
    for (const batch of batches) for (const group of batch.groups) this.finish(batch, group);
  }

  /** Everything in two round trips. A second snapshot is needed: the lock may have been given up after the first. */
  private async tellStored(batches: readonly Batch[]): Promise<void> {
    const { current: epoch } = this.database.epoch;
    const locked = await findLocked(
      this.database,
      batches.flatMap(({ groups }) => conversationsOf(groups)),
    );
    for (const conversationId of this.waitedFor) locked.delete(conversationId);
    this.waitedFor.clear();
    const ended = batches.flatMap((batch) => endedGroups(batch, locked).map((group) => ({ batch, group })));
    const ids = draftsOf(ended.flatMap(({ group }) => group)).map(({ id }) => id);
    const stored = Map.groupBy(await this.stored.find(ids), ({ conversationId }) => conversationId);
    for (const { batch, group } of ended) {
      // What was found is of an epoch that is over: it is looked for in the next one.
      if (this.database.epoch.current !== epoch) return;
      for (const message of stored.get(group[0].conversationId) ?? []) this.live.messageSent(message);
      if (group[0].kind === 'message' || (await this.isRecovered(group[0]))) this.finish(batch, group);
    }
    const overdue = batches.filter(({ since }) => performance.now() - since > this.patience);
    this.refuseBehind(overdue, new UnavailableError());
  }

  private async isRecovered({ recover }: PendingWork): Promise<boolean> {
    try {
      await recover();
    } catch (error) {
      if (error instanceof UnavailableError) return false;
      this.logError(error);
    }
    return true;
  }

  private finish(batch: Batch, group: PendingGroup): void {
    batch.groups.delete(group);
    this.queue.done(group);
    this.settled();
  }

  private refuseBehind(batches: readonly Batch[], error: UnavailableError): void {
    const behind = this.queue.abandonBehind(batches.flatMap(({ groups }) => [...groups].flat()));
    for (const { reject } of behind) reject(error);
  }

  /** Looks alone might never find a conversation free to which other nodes write all the time: each has its turn in line. */
  private async waitForOne(): Promise<void> {
    const longest = this.unknown.shift();
    if (!longest) return;
    this.unknown.push(longest);
    const [conversationId = ''] = conversationsOf(longest.groups);
    try {
      await patiently(this.database, () => behindLock(this.database, conversationId, async () => undefined));
      this.waitedFor.add(conversationId);
    } catch {
      // Still locked, or the database is away: the next look says it.
    }
  }

  private logError(error: unknown): void {
    this.logger.error(error, 'What an interrupted write has stored could not be told to those who listen.');
  }
}

function conversationsOf(groups: ReadonlySet<PendingGroup>): string[] {
  return [...groups].map(([{ conversationId }]) => conversationId);
}

/**
 * Those whose statement has ended: it holds the locks of all its conversations until then. While it waits for one of
 * them it may hold none, but not for longer than a statement lasts.
 */
function endedGroups({ groups, since }: Batch, locked: ReadonlySet<string>): PendingGroup[] {
  const free = [...groups].filter(([{ conversationId }]) => !locked.has(conversationId));
  const isOver = performance.now() - since > WAITS.messages.statement;
  return isOver || free.length === groups.size ? free : [];
}
