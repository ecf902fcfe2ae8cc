import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { asc, eq, inArray } from 'drizzle-orm';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { messages, users } from '../../../../common/infrastructure/database/schema.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { Message } from '../../domain/models/message.model.js';
import { messageColumns, senderColumns } from './chat.columns.js';
import { behindLock } from './conversation-lock.js';
import type { Pending } from './pending-write.js';
import type { WriteQueue } from './write-queue.js';

/** Conversations looked at at once when the database has been away, however many wait for it. */
const LOOKERS = 2;
/** Milliseconds between two looks of each whether the database is back. */
const LOOK_AGAIN = 100;

/**
 * Whether a batch was committed is unknown when its answer was lost. Its senders have been told; here those
 * who listen hear of what was. Until that is known nothing else is written to its conversations: `rev`
 * reaches listeners in order.
 */
export class InterruptedWrites {
  private readonly logger = new Logger(InterruptedWrites.name);
  /** Writes of which it is unknown whether they were stored, by conversation. */
  private readonly unknown: Pending[][] = [];
  private looking = 0;

  /** @param settled called when a conversation may be written to again */
  constructor(
    private readonly database: Database,
    private readonly live: ChatPublisherPort,
    private readonly queue: WriteQueue<Pending>,
    private readonly settled: () => void,
  ) {}

  recover(batch: readonly Pending[]): void {
    // Each conversation by itself: one that somebody keeps locked holds up no other.
    this.unknown.push(...Map.groupBy(batch, ({ conversationId }) => conversationId).values());
    while (this.looking < LOOKERS && this.unknown.length > 0) void this.look();
  }

  private async look(): Promise<void> {
    this.looking += 1;
    for (let writes = this.unknown.shift(); writes; writes = this.unknown.shift()) {
      if (await this.settle(writes)) {
        this.queue.done(writes);
        this.settled();
      } else {
        this.unknown.push(writes);
        await setTimeout(LOOK_AGAIN, undefined, { ref: false });
      }
    }
    this.looking -= 1;
  }

  /** Whether no more can be done for these writes, which are of one conversation. */
  private async settle(writes: readonly Pending[]): Promise<boolean> {
    try {
      if (!this.database.isClosed) await this.tellStored(writes);
      return true;
    } catch (error) {
      if (!(error instanceof UnavailableError)) {
        this.logger.error(
          error,
          'What an interrupted write has stored could not be told to those who listen.',
        );
        return true;
      }
      const behind = this.queue.abandonBehind([...writes, ...this.unknown.flat()]);
      for (const { reject } of behind) reject(error);
      return false;
    }
  }

  /** Looks from behind the lock: the interrupted statement, or its commit, may still be running. */
  private async tellStored(writes: readonly Pending[]): Promise<void> {
    const [first] = writes as [Pending];
    if (first.alone) {
      await behindLock(this.database, first.conversationId, async () => undefined);
      await first.recover();
      return;
    }
    const ids = writes.flatMap((write) => (write.alone ? [] : [write.draft.id]));
    const stored = await behindLock(this.database, first.conversationId, () =>
      storedMessages(this.database, ids),
    );
    for (const message of stored) this.live.messageSent(message);
  }
}

/** Those of them that are stored, in the order of `rev` in their conversation. */
async function storedMessages(database: Database, ids: readonly string[]): Promise<Message[]> {
  const rows = await database.query((db) =>
    db
      .select({ message: messageColumns, sender: senderColumns })
      .from(messages)
      .innerJoin(users, eq(users.id, messages.senderId))
      .where(inArray(messages.id, [...ids]))
      .orderBy(asc(messages.rev)),
  );
  return rows.map(({ message, sender }) => ({ ...message, sender }));
}
