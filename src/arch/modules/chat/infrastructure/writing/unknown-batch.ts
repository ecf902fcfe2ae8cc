import { WAITS } from '../../../../common/infrastructure/database/lanes.js';
import { byLane, draftsOf, type Pending, type PendingWork } from './pending-write.js';

/** The part of a batch for one lane: only what is needed to look it up, because it may be kept for long. */
export interface UnknownGroup {
  readonly lane: string;
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
  const groups = byLane(writes).map((group) => {
    const [first] = group;
    const { lane } = first;
    const ids = draftsOf(group).map(({ id }) => id);
    return first.kind === 'work' ? { lane, ids, recover: first.recover } : { lane, ids };
  });
  return { since: performance.now(), groups: new Set(groups) };
}

/** Other work counts as one write. */
export function countWrites({ ids }: UnknownGroup): number {
  return Math.max(1, ids.length);
}

export function lanesOf({ groups }: UnknownBatch): string[] {
  return [...groups].map(({ lane }) => lane);
}

/**
 * The groups whose statement has ended: until then it holds the locks of all its lanes. While it waits for one
 * of them it may hold none, but not for longer than the statement timeout.
 */
export function endedGroups({ groups, since }: UnknownBatch, locked: ReadonlySet<string>): UnknownGroup[] {
  const free = [...groups].filter(({ lane }) => !locked.has(lane));
  const isOver = performance.now() - since > WAITS.messages.statement;
  return isOver || free.length === groups.size ? free : [];
}

/** Splits a batch by lane, once no statement of it is in flight any more. */
export function divided(batch: UnknownBatch): UnknownBatch[] {
  const { groups, since } = batch;
  if (performance.now() - since <= WAITS.messages.statement) return [batch];
  return [...groups].map((group) => ({ since, groups: new Set([group]) }));
}
