import { guardListener } from '../../application/guard-listener.js';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import { TokenBucket } from './token-bucket.js';

/** Milliseconds after which those are forgotten whose bucket is full again: they would start anew with the same. */
const FORGET_EVERY = 2_000;

/** How many events each user may send over all sockets of this node. */
export class EventQuota {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly eventsPerSecond: number) {}

  get size(): number {
    return this.buckets.size;
  }

  /** Counts an event. @throws RateLimitedError when the user sends too many. */
  take(userId: string): void {
    const now = performance.now();
    const wait = (this.buckets.get(userId) ?? this.add(userId, now)).take(now);
    if (wait > 0) throw new RateLimitedError(wait, 'Too many events; slow down.');
  }

  private add(userId: string, now: number): TokenBucket {
    if (this.buckets.size === 0) this.forgetLater();
    const bucket = new TokenBucket(this.eventsPerSecond, now);
    this.buckets.set(userId, bucket);
    return bucket;
  }

  private forgetLater(): void {
    setTimeout(this.forget, FORGET_EVERY).unref();
  }

  private readonly forget = guardListener(() => {
    const now = performance.now();
    for (const [userId, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(userId);
    if (this.buckets.size > 0) this.forgetLater();
  });
}
