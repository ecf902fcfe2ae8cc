import type { LRUCache } from 'lru-cache';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';

/** Conversations remembered: about 10 MiB. Those that have been quiet the longest are forgotten first. */
const MAX_CONVERSATIONS = 65_536;

/** How far each conversation's changes have been emitted. */
export class EmittedRevs {
  private readonly last: LRUCache<string, number>;

  constructor(max = MAX_CONVERSATIONS) {
    this.last = boundedCache(max);
  }

  /** Revs are given anew: the database has gone back in time. */
  forgetRevs(): void {
    this.last.clear();
  }

  /** Whether this change is later than all that were emitted of its conversation; it counts as emitted then. */
  advanceRev(conversationId: string, rev: number): boolean {
    if (rev <= (this.last.get(conversationId) ?? 0)) return false;
    this.last.set(conversationId, rev);
    return true;
  }
}
