import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { closeNow, type Connection } from '../engine/engine-connection.js';

/** Times are in milliseconds. */
export interface PlaceLimits {
  /** Connections of one user that have a place. */
  readonly places: number;
  /** Connections of one user that wait for a place; further ones are refused at once. */
  readonly waiting: number;
  /** For an answer to a ping when all places are taken and each connection is pinged. */
  readonly answer: number;
  /** A connection is overdue when its pong is later than the ping interval by this much. */
  readonly grace: number;
}

const tooMany = () => new RateLimitedError(1_000, 'Too many connections');

/** Marks a connection that did not answer its ping. */
const DEAD = Number.NEGATIVE_INFINITY;

const NOBODY = new Map<Connection, PromiseWithResolvers<void>>();

/** The connections of one user: a limited number have a place, the oldest first, and some more wait for one. */
export class UserPlaces {
  /** The time of each connection's last pong, on a monotonic clock. */
  private readonly taken = new Map<Connection, number>();
  /** A shared empty map in most cases: most users have one or two connections. */
  private waiting = NOBODY;
  private pinging = false;

  constructor(private readonly limits: PlaceLimits) {}

  get isEmpty(): boolean {
    return this.taken.size + this.waiting.size === 0;
  }

  /**
   * Resolves when the connection has a place. The oldest overdue connection is closed for it.
   * @throws RateLimitedError when too many wait already, or the connection has been closed before it got a place
   */
  async takePlace(connection: Connection): Promise<void> {
    if (this.taken.size < this.limits.places) return this.givePlace(connection);
    // Waiting connections come first: otherwise one freed place would go to one of them and to the new connection.
    this.replaceOverdue();
    const overdue = this.findOverdue();
    if (overdue) {
      this.leavePlace(overdue);
      this.givePlace(connection);
      return closeNow(overdue);
    }
    if (this.waiting.size >= this.limits.waiting) throw tooMany();
    this.pingAll();
    const place = Promise.withResolvers<void>();
    if (this.waiting === NOBODY) this.waiting = new Map();
    this.waiting.set(connection, place);
    await place.promise;
  }

  /**
   * Resolves when a connection that was admitted before, for another namespace, has a place.
   * @throws RateLimitedError as `takePlace`
   */
  async placeTaken(connection: Connection): Promise<void> {
    await this.waiting.get(connection)?.promise;
  }

  /** Records that a connection has answered a ping. */
  pongReceived(connection: Connection): void {
    if (this.taken.has(connection)) this.taken.set(connection, performance.now());
  }

  /** Gives a connection's place to the next one that waits. */
  leavePlace(connection: Connection): void {
    this.waiting.get(connection)?.reject(tooMany());
    this.waiting.delete(connection);
    if (this.taken.delete(connection)) this.givePlaceToNext();
  }

  private givePlace(connection: Connection): void {
    this.taken.set(connection, performance.now());
  }

  private givePlaceToNext(): void {
    for (const [connection, place] of this.waiting) {
      this.waiting.delete(connection);
      this.givePlace(connection);
      place.resolve();
      return;
    }
  }

  private findOverdue(): Connection | undefined {
    const now = performance.now();
    for (const [connection, pongAt] of this.taken) {
      if (now - pongAt > connection.server.opts.pingInterval + this.limits.grace) return connection;
    }
    return undefined;
  }

  /**
   * A lost network causes no close: a connection that does not answer this ping is overdue, however long until its next
   * one.
   */
  private pingAll(): void {
    if (this.pinging) return;
    this.pinging = true;
    const pingedAt = performance.now();
    for (const connection of this.taken.keys()) connection.sendPacket('ping');
    const markDead = guardListener(() => {
      this.pinging = false;
      for (const [connection, pongAt] of this.taken) if (pongAt <= pingedAt) this.taken.set(connection, DEAD);
      this.replaceOverdue();
    });
    setTimeout(markDead, this.limits.answer).unref();
  }

  private replaceOverdue(): void {
    while (this.waiting.size > 0) {
      const overdue = this.findOverdue();
      if (!overdue) return;
      this.leavePlace(overdue);
      closeNow(overdue);
    }
  }
}
