import { randomUUIDv7 } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { isLockTimeout } from '../../../../common/infrastructure/database/database-error.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { SentMessage } from '../../application/ports/message-repository.port.js';
import { type MessageDraft, textAsSent } from '../../domain/models/message.model.js';
import { behindLock, patiently } from './conversation-lock.js';
import { InterruptedWrites } from './interrupted-writes.js';
import { WriteLanes } from './write-lanes.js';
import { LockedWrites } from './locked-writes.js';
import { type OutcomeRow, type RootRow, storeMessages } from '../statements/message-batch.statement.js';
import { answerAll } from './answer-all.js';
import type { Pending } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

/**
 * Maximum batches in flight. One more than is being committed keeps the database busy; with many, batches would be
 * small.
 */
const MAX_BATCHES_IN_FLIGHT = 2;
/** Maximum writes of unknown outcome: some hundred bytes each, and four times as many as are looked up at once. */
const MAX_UNKNOWN_WRITES = 16_384;
const LIMITS = { waitingEach: 4_096, batch: 256, batchBytes: 1_048_576 };

/** Work behind a conversation's lock, in a dedicated transaction. */
export interface LockedWork<T> {
  /** Runs again when the transaction is repeated (ADR 32). */
  readonly work: () => Promise<T>;
  /**
   * Called when the answer to COMMIT was lost, once the transaction has ended: whether it was committed. Called again
   * after a failure.
   */
  readonly isStored: (result: T) => Promise<boolean>;
  /** Called once after the commit, before anything else is written to the conversation. Never throws. */
  readonly publish: (result: T) => void;
  /** Accounts that the work locks: when another transaction has locked one, only this work waits for it. */
  readonly accountIds: readonly string[];
}

/**
 * Every change that takes a `rev` passes through here. On this node one write per conversation is in flight, and each
 * locks the conversation's row: so `rev` is dense, in commit order, and results come back in that order. Messages that
 * arrive while others are being written are collected and share a statement and a commit.
 */
@Injectable()
export class ConversationWriter {
  private readonly queue = new WriteQueue<Pending>(LIMITS);
  private readonly lanes;
  private writing = 0;
  private readonly interrupted;
  private readonly locked;
  private scheduled = false;

  /** @param mostUnknown maximum writes of unknown outcome */
  constructor(
    private readonly database: Database,
    live: ChatPublisherPort,
    @Optional() mostUnknown = MAX_UNKNOWN_WRITES,
  ) {
    this.lanes = new WriteLanes(database);
    const settled = () => this.schedule();
    this.interrupted = new InterruptedWrites(database, live, this.queue, settled, mostUnknown);
    this.locked = new LockedWrites(database, this.queue, this.performPatiently, settled);
  }

  /** Stores a message, in one transaction with others. */
  async store(message: MessageDraft): Promise<SentMessage> {
    this.requireNoTransaction();
    const lane = this.lanes.of(message.conversationId);
    return this.storeIn(typeof lane === 'string' ? lane : await lane, message);
  }

  private storeIn(lane: string, message: MessageDraft): Promise<SentMessage> {
    const { conversationId, senderId, clientMessageId } = message;
    const draft = { ...message, id: randomUUIDv7() };
    const { promise, resolve, reject } = Promise.withResolvers<SentMessage>();
    this.queue.push({
      kind: 'message',
      lane,
      bytes: Buffer.byteLength(textAsSent(message)),
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
   * Runs some other work behind the lock on the conversation, in a dedicated transaction.
   * @returns the result of the work
   */
  async write<T>(conversationId: string, work: LockedWork<T>): Promise<T> {
    this.requireNoTransaction();
    const lane = this.lanes.of(conversationId);
    return this.writeIn(typeof lane === 'string' ? lane : await lane, conversationId, work);
  }

  private writeIn<T>(
    lane: string,
    conversationId: string,
    { work, isStored, publish, accountIds }: LockedWork<T>,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let done: { readonly result: T } | undefined;
    this.queue.push({
      kind: 'work',
      lane,
      conversationId,
      bytes: 0,
      exclusive: true,
      holds: accountIds,
      work: async () => {
        done = { result: await work() };
      },
      recover: async () => {
        if (done && (await isStored(done.result))) publish(done.result);
      },
      resolve: () => {
        if (!done) return;
        publish(done.result);
        resolve(done.result);
      },
      reject,
    });
    this.schedule();
    return promise;
  }

  /** A caller's transaction would keep the locks after its turn in the queue, and could still be rolled back. */
  private requireNoTransaction(): void {
    if (this.database.inTransaction)
      throw new Error('Conversations are not written to within a transaction.');
  }

  /** Writes at the end of this turn of the event loop, so that all writes of the turn share a batch. */
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

  /** @param attempt writes the batch, and returns what to do after its commit */
  private async perform(batch: readonly Pending[], attempt: () => Promise<() => void>): Promise<void> {
    try {
      this.interrupted.requireRoom();
      const publish = await attempt();
      publish();
      this.queue.done(batch);
    } catch (error) {
      this.fail(batch, error);
    }
  }

  private async attempt(batch: readonly Pending[]): Promise<() => void> {
    const [first] = batch;
    if (first?.kind === 'work') {
      await behindLock(this.database, first, first.work);
      return first.resolve;
    }
    const messages = batch.filter((write) => write.kind === 'message');
    const statement = storeMessages(messages.map(({ draft }) => draft));
    const rows = await this.database.execute<OutcomeRow | RootRow>(statement, 'messages');
    return () => answerAll(messages, rows);
  }

  private fail(batch: readonly Pending[], error: unknown): void {
    if (isLockTimeout(error)) return this.locked.add(batch);
    const isPassing = error instanceof UnavailableError;
    // A message that the database refuses fails alone.
    if (!isPassing && batch.length > 1) {
      return this.queue.putBack(batch.map((write) => ({ ...write, exclusive: true })));
    }
    for (const { reject } of batch) reject(error);
    // Messages may have been stored, whose events have to be emitted.
    if (isPassing && error.outcome === 'unknown') this.interrupted.recover(batch);
    else this.queue.done(batch);
  }
}
