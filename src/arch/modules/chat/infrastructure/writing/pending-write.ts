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
  /** Whose lock it needs; of a thread, the parent's as well. */
  readonly conversationId: string;
  /** Accounts that it locks until it ends. */
  readonly holds: readonly string[];
  readonly work: () => Promise<void>;
  readonly recover: () => Promise<unknown>;
}

export type Pending = PendingMessage | PendingWork;

/** Writes of one lane, in their order. */
export type PendingGroup = readonly [Pending, ...Pending[]];

export function byLane(writes: readonly Pending[]): PendingGroup[] {
  const groups = Map.groupBy(writes, ({ lane }) => lane);
  return [...groups.values()].map(([first, ...others]) => [first as Pending, ...others]);
}

/** The conversations whose locks the group needs, its lane among them. */
export function conversationsOf(group: PendingGroup): string[] {
  const own = group.map((write) =>
    write.kind === 'work' ? write.conversationId : write.draft.conversationId,
  );
  return [...new Set([group[0].lane, ...own])];
}

export function heldBy(writes: readonly Pending[]): string[] {
  return writes.flatMap((write) => (write.kind === 'work' ? write.holds : []));
}

export function draftsOf(writes: readonly Pending[]): NumberedDraft[] {
  return writes.flatMap((write) => (write.kind === 'message' ? write.draft : []));
}
