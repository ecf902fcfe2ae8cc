import { guardListener } from '../../../application/guard-listener.js';
import type { Connection } from '../engine/engine-connection.js';
import { type PlaceLimits, UserPlaces } from './user-places.js';

/** A waiting client retries every ten seconds, a refused one every second: far more may wait than have a place. */
const LIMITS: PlaceLimits = { places: 20, waiting: 100, answer: 4_000, grace: 5_000 };

/** Limits the connections of each user on this node, inside the namespace and after they have left it. */
export class UserSockets {
  private readonly users = new Map<string, UserPlaces>();
  private readonly owners = new WeakMap<Connection, string>();
  private readonly closed: (this: Connection) => void;
  private readonly pong: (this: Connection) => void;

  constructor(private readonly limits = LIMITS) {
    const release = (connection: Connection): void => this.releasePlace(connection);
    const pong = (connection: Connection): void => this.placesOf(connection)?.pongReceived(connection);
    this.pong = guardListener(function (this: Connection) {
      pong(this);
    });
    this.closed = guardListener(function (this: Connection) {
      release(this);
    });
  }

  /** Number of connected users. */
  get size(): number {
    return this.users.size;
  }

  /**
   * Gives a connection a place among those of the user, until it is closed or is used by another user. When all places
   * are taken, the oldest overdue connection is closed for it; otherwise it waits until it is closed.
   * @throws RateLimitedError when it got no place, at once when too many wait already
   */
  async admitConnection(connection: Connection, userId: string): Promise<void> {
    // Socket.IO drops a socket whose connection has been closed meanwhile, without an event.
    if (connection.readyState !== 'open') return;
    if (this.owners.get(connection) === userId) return this.placesOf(connection)?.placeTaken(connection);
    this.releasePlace(connection);
    this.owners.set(connection, userId);
    connection.on('close', this.closed);
    connection.on('heartbeat', this.pong);
    const user = this.users.get(userId) ?? new UserPlaces(this.limits);
    this.users.set(userId, user);
    try {
      await user.takePlace(connection);
    } catch (error) {
      this.releasePlace(connection);
      throw error;
    }
  }

  private releasePlace(connection: Connection): void {
    const userId = this.owners.get(connection);
    const user = this.placesOf(connection);
    if (userId === undefined || !user) return;
    this.owners.delete(connection);
    connection.off('close', this.closed);
    connection.off('heartbeat', this.pong);
    user.leavePlace(connection);
    if (user.isEmpty) this.users.delete(userId);
  }

  private placesOf(connection: Connection): UserPlaces | undefined {
    const userId = this.owners.get(connection);
    return userId === undefined ? undefined : this.users.get(userId);
  }
}
