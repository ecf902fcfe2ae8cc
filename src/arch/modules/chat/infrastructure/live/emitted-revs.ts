import type { LRUCache } from 'lru-cache';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';

/** Maximum conversations: about 10 MiB. The least recently active ones are evicted. */
const MAX_CONVERSATIONS = 65_536;

/** The last emitted `rev` of each conversation. */
export class EmittedRevs {
  private readonly last: LRUCache<string, number>;

  constructor(max = MAX_CONVERSATIONS) {
    this.last = boundedCache(max);
  }

  /** Clears all revs, because the database has gone back in time and gives them again. */
  forgetRevs(): void {
    this.last.clear();
  }

  /** Whether this change is later than all emitted ones of its conversation; it counts as emitted then. */
  advanceRev(conversationId: string, rev: number): boolean {
    if (rev <= (this.last.get(conversationId) ?? 0)) return false;
    this.last.set(conversationId, rev);
    return true;
  }
}
