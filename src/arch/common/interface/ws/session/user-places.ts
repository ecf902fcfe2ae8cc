import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { closeNow, type Connection } from '../engine/engine-connection.js';

/** Times are in milliseconds. */
export interface PlaceLimits {
  /** Connections of one user. */
  readonly places: number;
  /** Those of one user that wait for a place; more are refused at once. */
  readonly waiting: number;
  /** For an answer when all places are taken and each connection is asked whether it is alive. */
  readonly answer: number;
  /** Beyond the interval of its pings a connection that has not answered one is overdue. */
  readonly grace: number;
}

const tooMany = () => new RateLimitedError(1_000, 'Too many connections');

/** Did not answer when it was asked. */
const DEAD = Number.NEGATIVE_INFINITY;

const NOBODY = new Map<Connection, PromiseWithResolvers<void>>();

/** The connections of one user: so many have a place, the oldest first, and some more wait for one. */
export class UserPlaces {
  /** When each was last heard, on a clock that is never set. */
  private readonly taken = new Map<Connection, number>();
  /** Seldom any: most users have one or two connections. */
  private waiting = NOBODY;
  private asking = false;

  constructor(private readonly limits: PlaceLimits) {}

  get isEmpty(): boolean {
    return this.taken.size + this.waiting.size === 0;
  }

  /**
   * Resolves when the connection has a place. The oldest that is overdue makes room for it.
   * @throws RateLimitedError when too many wait already, or the connection has ended before it had one
   */
  async takePlace(connection: Connection): Promise<void> {
    if (this.taken.size < this.limits.places) return this.givePlace(connection);
    // Those that wait first: else a place that is given up would go to one of them and to the newcomer.
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

  /** Resolves when a connection that was here before, for another namespace, has a place. @throws as `take` */
  async placeTaken(connection: Connection): Promise<void> {
    await this.waiting.get(connection)?.promise;
  }

  /** A connection has answered a ping. */
  pongReceived(connection: Connection): void {
    if (this.taken.has(connection)) this.taken.set(connection, performance.now());
  }

  /** Gives its place to the next that waits. */
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
    for (const [connection, heardAt] of this.taken) {
      if (now - heardAt > connection.server.opts.pingInterval + this.limits.grace) return connection;
    }
    return undefined;
  }

  /** A network that is gone tells nobody: who does not answer now is overdue, however long until its next ping. */
  private pingAll(): void {
    if (this.asking) return;
    this.asking = true;
    const askedAt = performance.now();
    for (const connection of this.taken.keys()) connection.sendPacket('ping');
    const judge = guardListener(() => {
      this.asking = false;
      for (const [connection, heardAt] of this.taken)
        if (heardAt <= askedAt) this.taken.set(connection, DEAD);
      this.replaceOverdue();
    });
    setTimeout(judge, this.limits.answer).unref();
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
