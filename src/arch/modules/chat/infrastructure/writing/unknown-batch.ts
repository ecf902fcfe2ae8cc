import { WAITS } from '../../../../common/infrastructure/database/lanes.js';
import { byConversation, draftsOf, type Pending, type PendingWork } from './pending-write.js';

/** What of a batch was to be written to one conversation: as little as tells whether it is stored, as it may be kept for long. */
export interface UnknownGroup {
  readonly conversationId: string;
  /** Of the messages. */
  readonly ids: readonly string[];
  /** Of other work, which is alone. */
  readonly recover?: PendingWork['recover'];
}

/** What shared a statement, as far as it is not known what became of it. */
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

/** One for other work. */
export function countWrites({ ids }: UnknownGroup): number {
  return Math.max(1, ids.length);
}

export function conversationsOf({ groups }: UnknownBatch): string[] {
  return [...groups].map(({ conversationId }) => conversationId);
}

/**
 * Those whose statement has ended: it holds the locks of all its conversations until then. While it waits for one of
 * them it may hold none, but not for longer than a statement lasts.
 */
export function endedGroups({ groups, since }: UnknownBatch, locked: ReadonlySet<string>): UnknownGroup[] {
  const free = [...groups].filter(({ conversationId }) => !locked.has(conversationId));
  const isOver = performance.now() - since > WAITS.messages.statement;
  return isOver || free.length === groups.size ? free : [];
}

/** Each conversation's by itself, once nothing of them is under way any more. */
export function divided(batch: UnknownBatch): UnknownBatch[] {
  const { groups, since } = batch;
  if (performance.now() - since <= WAITS.messages.statement) return [batch];
  return [...groups].map((group) => ({ since, groups: new Set([group]) }));
}
