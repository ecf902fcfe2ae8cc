import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { TokenBucket } from './token-bucket.js';

/** Sockets that one user may have on this node. */
const MAX_SOCKETS = 20;
/** Milliseconds in which any bucket is full again: a user who comes back later starts anew. */
const FULL_AGAIN = 2_000;

interface Usage {
  sockets: number;
  readonly events: TokenBucket;
  forget?: NodeJS.Timeout;
}

/** What each user may do over all sockets of this node; remembers those who are connected, and 2 s longer. */
export class UserQuotas {
  private readonly usages = new Map<string, Usage>();

  constructor(private readonly eventsPerSecond: number) {}

  get size(): number {
    return this.usages.size;
  }

  /** Counts a socket until it or its connection ends. @throws RateLimitedError when the user has too many. */
  admit(socket: AuthenticatedSocket, userId: string): void {
    // Socket.IO drops a socket whose connection has ended meanwhile, and tells nobody.
    if (socket.conn.readyState !== 'open') return;
    const usage = this.usages.get(userId) ?? this.add(userId);
    if (usage.sockets >= MAX_SOCKETS) throw new RateLimitedError(1_000, 'Too many connections');
    usage.sockets += 1;
    clearTimeout(usage.forget);
    let counted = true;
    const release = (): void => {
      socket.off('disconnect', release);
      socket.conn.off('close', release);
      // The close of a connection disconnects its socket first, and then still calls the listener taken off here.
      if (counted) this.release(userId, usage);
      counted = false;
    };
    socket.once('disconnect', release);
    socket.conn.once('close', release);
  }

  /** Counts an event of an admitted socket. @throws RateLimitedError when the user sends too many. */
  takeEvent(userId: string): void {
    const wait = this.usages.get(userId)?.events.take(performance.now()) ?? FULL_AGAIN;
    if (wait > 0) throw new RateLimitedError(wait, 'Too many events; slow down.');
  }

  private add(userId: string): Usage {
    const usage = { sockets: 0, events: new TokenBucket(this.eventsPerSecond, performance.now()) };
    this.usages.set(userId, usage);
    return usage;
  }

  private release(userId: string, usage: Usage): void {
    usage.sockets -= 1;
    if (usage.sockets > 0) return;
    usage.forget = setTimeout(() => this.usages.delete(userId), FULL_AGAIN).unref();
  }
}
