import { randomUUIDv7 } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { isLockTimeout } from '../../../../common/infrastructure/database/database-error.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { SentMessage } from '../../application/ports/message-repository.port.js';
import type { MessageDraft } from '../../domain/models/message.model.js';
import { behindLock, patiently } from './conversation-lock.js';
import { InterruptedWrites } from './interrupted-writes.js';
import { LockedWrites } from './locked-writes.js';
import {
  type NumberedDraft,
  type OutcomeRow,
  storeMessages,
  toSentMessage,
} from '../statements/message-batch.statement.js';
import type { Pending, PendingMessage } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

/** Batches under way at once. One more than is being committed keeps the database busy; many would make them small. */
const MAX_BATCHES_IN_FLIGHT = 2;
/** Some hundred bytes each, and four times as many as are looked up at once. */
const MAX_UNKNOWN_WRITES = 16_384;
const LIMITS = { waitingEach: 4_096, batch: 256, batchBytes: 1_048_576 };

/**
 * Every change that takes a `rev` goes through here. On this node one write per conversation is in flight,
 * and each locks the conversation's row: so `rev` is dense, in commit order, and results come back in that
 * order. Messages that come while others are being written gather and share a statement and a commit.
 */
@Injectable()
export class ConversationWriter {
  private readonly queue = new WriteQueue<Pending>(LIMITS);
  private writing = 0;
  private readonly interrupted;
  private readonly locked;
  private scheduled = false;

  /** @param mostUnknown writes of which it may be unknown whether they are stored */
  constructor(
    private readonly database: Database,
    live: ChatPublisherPort,
    @Optional() mostUnknown = MAX_UNKNOWN_WRITES,
  ) {
    const settled = () => this.schedule();
    this.interrupted = new InterruptedWrites(database, live, this.queue, settled, mostUnknown);
    this.locked = new LockedWrites(database, this.queue, this.performPatiently, settled);
  }

  /** Stores a message, in one transaction with others; in the caller's when there is one. */
  async store(message: MessageDraft): Promise<SentMessage> {
    const { conversationId, senderId, content, clientMessageId } = message;
    const draft = { ...message, id: randomUUIDv7() };
    if (this.database.inTransaction) return this.storeNow(draft);
    const { promise, resolve, reject } = Promise.withResolvers<SentMessage>();
    this.queue.push({
      kind: 'message',
      conversationId,
      bytes: Buffer.byteLength(content),
      exclusive: false,
      key: clientMessageId && `${conversationId}${senderId}${clientMessageId}`,
      draft,
      resolve,
      reject,
    });
    this.schedule();
    return promise;
  }

  /**
   * Does some other work behind the lock on the conversation, in a transaction of its own unless the caller has one.
   * @param recover tells listeners what the work has stored, when the answer to COMMIT was lost; called
   * when the database answers again, and again when it throws UnavailableError
   * @param holds accounts that the work locks against changes: when somebody else has one locked, nobody else waits for it
   */
  async write<T>(
    conversationId: string,
    work: (client: PoolClient) => Promise<T>,
    recover: () => Promise<unknown> = async () => undefined,
    holds: readonly string[] = [],
  ): Promise<T> {
    if (this.database.inTransaction) return behindLock(this.database, conversationId, work);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let result: T | undefined;
    this.queue.push({
      kind: 'work',
      conversationId,
      bytes: 0,
      exclusive: true,
      holds,
      work: async (client) => {
        result = await work(client);
      },
      recover,
      resolve,
      reject,
    });
    this.schedule();
    await promise;
    return result as T;
  }

  private async storeNow(draft: NumberedDraft): Promise<SentMessage> {
    const [row] = await this.database.execute<OutcomeRow>(storeMessages([draft]));
    return toSentMessage(draft, row as OutcomeRow);
  }

  /** At the end of the event loop's turn, so that those who come in the same turn go together. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.database.outsideTransaction(() => setImmediate(this.startWriters));
  }

  private readonly startWriters = guardListener(() => {
    this.scheduled = false;
    while (this.writing < MAX_BATCHES_IN_FLIGHT) {
      const batch = this.queue.take();
      if (batch.length === 0) return;
      this.start(batch);
    }
  });

  private readonly start = guardListener(async (batch: readonly Pending[]) => {
    this.writing += 1;
    await this.perform(batch, () => this.attempt(batch));
    this.writing -= 1;
    this.schedule();
  });

  private readonly performPatiently = (batch: readonly Pending[]): Promise<void> =>
    this.perform(batch, () => patiently(this.database, () => this.attempt(batch)));

  /** @param attempt writes it, and answers what is to be done when that is committed */
  private async perform(batch: readonly Pending[], attempt: () => Promise<() => void>): Promise<void> {
    try {
      this.interrupted.requireRoom();
      const tell = await attempt();
      tell();
      this.queue.done(batch);
    } catch (error) {
      this.fail(batch, error);
    }
  }

  private async attempt(batch: readonly Pending[]): Promise<() => void> {
    const [first] = batch;
    if (first?.kind === 'work') {
      await behindLock(this.database, first.conversationId, first.work);
      return first.resolve;
    }
    const messages = batch.filter((write) => write.kind === 'message');
    const statement = storeMessages(messages.map(({ draft }) => draft));
    const rows = await this.database.execute<OutcomeRow>(statement, 'messages');
    return () => {
      for (const [index, message] of messages.entries()) answer(message, rows[index] as OutcomeRow);
    };
  }

  private fail(batch: readonly Pending[], error: unknown): void {
    if (isLockTimeout(error)) return this.locked.add(batch);
    const isPassing = error instanceof UnavailableError;
    // A message that the database refuses fails alone.
    if (!isPassing && batch.length > 1) {
      return this.queue.putBack(batch.map((write) => ({ ...write, exclusive: true })));
    }
    for (const { reject } of batch) reject(error);
    // Something may have been stored that listeners have to hear of.
    if (isPassing && error.outcome === 'unknown') this.interrupted.recover(batch);
    else this.queue.done(batch);
  }
}

function answer({ draft, resolve, reject }: PendingMessage, row: OutcomeRow): void {
  try {
    resolve(toSentMessage(draft, row));
  } catch (error) {
    reject(error);
  }
}
