import type { PoolClient } from 'pg';
import type { SentMessage } from '../../application/ports/message-repository.port.js';
import type { NumberedDraft } from './message-batch.statement.js';
import type { QueuedWrite } from './write-queue.js';

interface Settled<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export interface PendingMessage extends QueuedWrite, Settled<SentMessage> {
  readonly alone: false;
  readonly draft: NumberedDraft;
}

/** What needs a transaction of its own, and how to tell listeners of it when the answer to COMMIT was lost. */
interface PendingWork extends QueuedWrite, Settled<void> {
  readonly alone: true;
  readonly work: (client: PoolClient) => Promise<void>;
  readonly recover: () => Promise<unknown>;
}

export type Pending = PendingMessage | PendingWork;
