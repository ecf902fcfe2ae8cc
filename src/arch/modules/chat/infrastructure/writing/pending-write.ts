import type { SentMessage } from '../../application/ports/message-repository.port.js';
import type { NumberedDraft } from '../statements/message-batch.statement.js';
import type { QueuedWrite } from './write-queue.js';

interface Settled<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export interface PendingMessage extends QueuedWrite, Settled<SentMessage> {
  readonly kind: 'message';
  readonly draft: NumberedDraft;
}

/** Work that needs a dedicated transaction, and how to publish it when the answer to COMMIT was lost. */
export interface PendingWork extends QueuedWrite, Settled<void> {
  readonly kind: 'work';
  readonly exclusive: true;
  /** Accounts that it locks until it ends. */
  readonly holds: readonly string[];
  readonly work: () => Promise<void>;
  readonly recover: () => Promise<unknown>;
}

export type Pending = PendingMessage | PendingWork;

/** Writes of one conversation, in their order. */
export type PendingGroup = readonly [Pending, ...Pending[]];

export function byConversation(writes: readonly Pending[]): PendingGroup[] {
  const groups = Map.groupBy(writes, ({ conversationId }) => conversationId);
  return [...groups.values()].map(([first, ...others]) => [first as Pending, ...others]);
}

export function heldBy(writes: readonly Pending[]): string[] {
  return writes.flatMap((write) => (write.kind === 'work' ? write.holds : []));
}

export function draftsOf(writes: readonly Pending[]): NumberedDraft[] {
  return writes.flatMap((write) => (write.kind === 'message' ? write.draft : []));
}
