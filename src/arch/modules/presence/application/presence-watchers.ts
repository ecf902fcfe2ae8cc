import { WorkBudget } from '../../../common/application/work-budget.js';
import { UnavailableError } from '../../../common/domain/errors/unavailable.error.js';

/** Bytes of heap that a watched user of one socket takes, when nobody else watches that user. */
const WATCHED_BYTES = 300;
/** Fraction of the heap that all subscriptions of a node may fill. */
const PART = 1 / 16;
/** Milliseconds until a refused subscription may be repeated. */
const RETRY = 5_000;

/** A socket of this node, and the users that it watches. */
export interface Watcher {
  readonly socketId: string;
  readonly viewerId: string;
  readonly userIds: readonly string[];
}

/** The subscriptions of this node's sockets, by socket and by watched user. */
export class PresenceWatchers {
  private readonly bySocket = new Map<string, Watcher>();
  private readonly byUser = new Map<string, Set<Watcher>>();
  private readonly budget: WorkBudget;

  /** @param heap maximum size of this process's heap in bytes */
  constructor(heap: number) {
    this.budget = new WorkBudget(heap * PART, 0);
  }

  /** Number of sockets with a subscription, and of watched users. */
  get size(): { readonly sockets: number; readonly users: number } {
    return { sockets: this.bySocket.size, users: this.byUser.size };
  }

  /**
   * Replaces the subscription of the socket; an empty one ends it.
   * @throws UnavailableError when the node has no room for it; the socket has no subscription then
   */
  replaceSubscription(socketId: string, viewerId: string, userIds: readonly string[]): void {
    this.endSubscription(socketId);
    if (userIds.length === 0) return;
    if (!this.budget.takeBytes(userIds.length * WATCHED_BYTES)) {
      throw new UnavailableError(
        [{ path: 'userIds', message: 'This server has no room for more subscriptions.' }],
        undefined,
        RETRY,
      );
    }
    const watcher = { socketId, viewerId, userIds };
    this.bySocket.set(socketId, watcher);
    for (const userId of userIds) {
      const watchers = this.byUser.get(userId);
      if (watchers) watchers.add(watcher);
      else this.byUser.set(userId, new Set([watcher]));
    }
  }

  endSubscription(socketId: string): void {
    const watcher = this.bySocket.get(socketId);
    if (!watcher) return;
    this.bySocket.delete(socketId);
    this.budget.giveBackBytes(watcher.userIds.length * WATCHED_BYTES);
    for (const userId of watcher.userIds) {
      const watchers = this.byUser.get(userId);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.byUser.delete(userId);
    }
  }

  isWatched(userId: string): boolean {
    return this.byUser.has(userId);
  }

  /** Whether this is still the subscription of its socket. */
  isCurrent(watcher: Watcher): boolean {
    return this.bySocket.get(watcher.socketId) === watcher;
  }

  /** The sockets that watch a user, by their own user. */
  watchersOf(userId: string): ReadonlyMap<string, readonly Watcher[]> {
    return Map.groupBy(this.byUser.get(userId) ?? [], ({ viewerId }) => viewerId);
  }
}
