import { WorkBudget } from '../../../common/application/work-budget.js';
import { UnavailableError } from '../../../common/domain/errors/unavailable.error.js';
import { Watcher } from './watcher.js';

/** Bytes of heap that a watched user of one socket takes, when nobody else watches that user and its presence was emitted. */
const WATCHED_BYTES = 450;
/** Fraction of the heap that all subscriptions of a node may fill. */
const PART = 1 / 16;
/** Milliseconds until a refused subscription may be repeated. */
const RETRY = 5_000;

/** A watched user, and the sockets of one user that watch it. */
export interface WatchedPair {
  readonly userId: string;
  readonly viewerId: string;
  readonly watchers: readonly Watcher[];
}

/** The subscriptions of this node's sockets: by socket, by watched user, and by the sockets' own user. */
export class PresenceWatchers {
  private readonly bySocket = new Map<string, Watcher>();
  private readonly byUser = new Map<string, Set<Watcher>>();
  private readonly byViewer = new Map<string, Set<Watcher>>();
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
   * Replaces the subscription of the socket; an empty one ends it. Nothing is emitted for it before its answer is set.
   * @throws UnavailableError when the node has no room for it; the socket has no subscription then
   */
  replaceSubscription(socketId: string, viewerId: string, userIds: readonly string[]): Watcher {
    this.endSubscription(socketId);
    const watcher = new Watcher(socketId, viewerId, userIds);
    if (userIds.length === 0) return watcher;
    if (!this.budget.takeBytes(userIds.length * WATCHED_BYTES)) {
      throw new UnavailableError(
        [{ path: 'userIds', message: 'This server has no room for more subscriptions.' }],
        undefined,
        RETRY,
      );
    }
    this.bySocket.set(socketId, watcher);
    addTo(this.byViewer, viewerId, watcher);
    for (const userId of userIds) addTo(this.byUser, userId, watcher);
    return watcher;
  }

  endSubscription(socketId: string): void {
    const watcher = this.bySocket.get(socketId);
    if (!watcher) return;
    this.bySocket.delete(socketId);
    this.budget.giveBackBytes(watcher.userIds.length * WATCHED_BYTES);
    removeFrom(this.byViewer, watcher.viewerId, watcher);
    for (const userId of watcher.userIds) removeFrom(this.byUser, userId, watcher);
  }

  isWatched(userId: string): boolean {
    return this.byUser.has(userId);
  }

  /** Whether a socket of the user has a subscription. */
  isWatching(viewerId: string): boolean {
    return this.byViewer.has(viewerId);
  }

  /** Whether this is still the subscription of its socket. */
  isCurrent(watcher: Watcher): boolean {
    return this.bySocket.get(watcher.socketId) === watcher;
  }

  /** The sockets that watch a user, by their own user. */
  pairsOfWatched(userId: string): WatchedPair[] {
    const byViewer = Map.groupBy(this.byUser.get(userId) ?? [], ({ viewerId }) => viewerId);
    return [...byViewer].map(([viewerId, watchers]) => ({ userId, viewerId, watchers }));
  }

  /** The users whom the sockets of one user watch. */
  pairsOfViewer(viewerId: string): WatchedPair[] {
    const byWatched = new Map<string, Set<Watcher>>();
    for (const watcher of this.byViewer.get(viewerId) ?? [])
      for (const userId of watcher.userIds) addTo(byWatched, userId, watcher);
    return [...byWatched].map(([userId, watchers]) => ({ userId, viewerId, watchers: [...watchers] }));
  }
}

function addTo(index: Map<string, Set<Watcher>>, key: string, watcher: Watcher): void {
  const watchers = index.get(key);
  if (watchers) watchers.add(watcher);
  else index.set(key, new Set([watcher]));
}

function removeFrom(index: Map<string, Set<Watcher>>, key: string, watcher: Watcher): void {
  const watchers = index.get(key);
  watchers?.delete(watcher);
  if (watchers?.size === 0) index.delete(key);
}
