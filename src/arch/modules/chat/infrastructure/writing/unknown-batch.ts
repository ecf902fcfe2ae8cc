import { WAITS } from '../../../../common/infrastructure/database/lanes.js';
import { byConversation, draftsOf, type Pending, type PendingWork } from './pending-write.js';

/** The part of a batch for one conversation: only what is needed to look it up, because it may be kept for long. */
export interface UnknownGroup {
  readonly conversationId: string;
  /** Ids of the messages. */
  readonly ids: readonly string[];
  /** Recovery of other work, which is never in a batch. */
  readonly recover?: PendingWork['recover'];
}

/** Writes that shared a statement, as far as their outcome is unknown. */
export interface UnknownBatch {
  readonly since: number;
  readonly groups: Set<UnknownGroup>;
}

export function unknownBatch(writes: readonly Pending[]): UnknownBatch {
  const groups = byConversation(writes).map((group) => {
    const [first] = group;
    const { conversationId } = first;
    const ids = draftsOf(group).map(({ id }) => id);
    return first.kind === 'work' ? { conversationId, ids, recover: first.recover } : { conversationId, ids };
  });
  return { since: performance.now(), groups: new Set(groups) };
}

/** Other work counts as one write. */
export function countWrites({ ids }: UnknownGroup): number {
  return Math.max(1, ids.length);
}

export function conversationsOf({ groups }: UnknownBatch): string[] {
  return [...groups].map(({ conversationId }) => conversationId);
}

/**
 * The groups whose statement has ended: until then it holds the locks of all its conversations. While it waits for one
 * of them it may hold none, but not for longer than the statement timeout.
 */
export function endedGroups({ groups, since }: UnknownBatch, locked: ReadonlySet<string>): UnknownGroup[] {
  const free = [...groups].filter(({ conversationId }) => !locked.has(conversationId));
  const isOver = performance.now() - since > WAITS.messages.statement;
  return isOver || free.length === groups.size ? free : [];
}

/** Splits a batch by conversation, once no statement of it is in flight any more. */
export function divided(batch: UnknownBatch): UnknownBatch[] {
  const { groups, since } = batch;
  if (performance.now() - since <= WAITS.messages.statement) return [batch];
  return [...groups].map((group) => ({ since, groups: new Set([group]) }));
}
