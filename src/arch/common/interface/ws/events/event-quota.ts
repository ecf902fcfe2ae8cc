import { guardListener } from '../../../application/guard-listener.js';
import { WorkBudget } from '../../../application/work-budget.js';
import { TokenBucket } from './token-bucket.js';

/** Milliseconds between evictions of users whose bucket is full again: a new bucket would be the same. */
const EVICTION_INTERVAL = 2_000;

/** A socket whose events wait for their user's quota. */
export interface WaitingSocket {
  /** Starts one waiting event, which then counts. Returns false when no event was left. */
  startWaiting(): boolean;
  /** Whether another event waits. */
  readonly waits: boolean;
}

interface User {
  readonly bucket: TokenBucket;
  /** Waiting sockets, each once, in the order of their turns. */
  readonly line: WaitingSocket[];
}

/** Limits the events of each user over all sockets of this node; waiting sockets take turns. */
export class EventQuota {
  private readonly users = new Map<string, User>();

  /** @param held budget of bytes for the waiting events of all users */
  constructor(
    readonly eventsPerSecond: number,
    readonly held = new WorkBudget(),
  ) {}

  get size(): number {
    return this.users.size;
  }

  /**
   * Whether an event may begin now, which then counts; if not, the socket's `startWaiting` is called when its turn has
   * come.
   */
  takeEvent(userId: string, socket: WaitingSocket): boolean {
    const now = performance.now();
    const user = this.users.get(userId) ?? this.addUser(userId, now);
    const { bucket, line } = user;
    const wait = line.length > 0 ? 0 : bucket.take(now);
    if (line.length === 0 && wait === 0) return true;
    if (line.push(socket) === 1) this.scheduleService(wait, user);
    return false;
  }

  private scheduleService(wait: number, user: User): void {
    const serve = guardListener(() => this.serveUser(user));
    setTimeout(serve, wait).unref();
  }

  private serveUser(user: User): void {
    const { bucket, line } = user;
    const now = performance.now();
    while (line.length > 0) {
      const wait = bucket.take(now);
      if (wait > 0) return this.scheduleService(wait, user);
      const socket = line.shift();
      if (!socket?.startWaiting()) bucket.giveBack();
      if (socket?.waits) line.push(socket);
    }
  }

  private addUser(userId: string, now: number): User {
    if (this.users.size === 0) this.scheduleEviction();
    const user = { bucket: new TokenBucket(this.eventsPerSecond, now), line: [] };
    this.users.set(userId, user);
    return user;
  }

  private scheduleEviction(): void {
    setTimeout(this.forget, EVICTION_INTERVAL).unref();
  }

  private readonly forget = guardListener(() => {
    const now = performance.now();
    for (const [userId, { bucket, line }] of this.users) {
      if (line.length === 0 && bucket.isFull(now)) this.users.delete(userId);
    }
    if (this.users.size > 0) this.scheduleEviction();
  });
}
