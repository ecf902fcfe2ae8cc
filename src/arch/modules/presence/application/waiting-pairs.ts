import type { PresenceWatchers, WatchedPair } from './presence-watchers.js';

/** Users to check again: as watched ones, by all of their watchers; and as watching ones, all whom they watch. */
export class WaitingPairs {
  /** In the order of their changes. */
  private readonly watched = new Set<string>();
  private readonly viewers = new Set<string>();

  constructor(private readonly watchers: PresenceWatchers) {}

  get isEmpty(): boolean {
    return this.watched.size === 0 && this.viewers.size === 0;
  }

  addWatched(userId: string): void {
    if (this.watchers.isWatched(userId)) this.watched.add(userId);
  }

  addViewer(userId: string): void {
    if (this.watchers.isWatching(userId)) this.viewers.add(userId);
  }

  /** Takes users until their pairs are as many as `count`; those of the last user may be more. */
  takePairs(count: number): WatchedPair[] {
    const taken: WatchedPair[] = [];
    for (const [users, pairsOf] of [
      [this.watched, (userId: string) => this.watchers.pairsOfWatched(userId)],
      [this.viewers, (userId: string) => this.watchers.pairsOfViewer(userId)],
    ] as const) {
      for (const userId of users) {
        if (taken.length >= count) return taken;
        users.delete(userId);
        taken.push(...pairsOf(userId));
      }
    }
    return taken;
  }

  clear(): void {
    this.watched.clear();
    this.viewers.clear();
  }
}
