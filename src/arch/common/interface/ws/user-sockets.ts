import { guardListener } from '../../application/guard-listener.js';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { closeConnectionOf } from './engine-connection.js';

/** Sockets that one user may have on this node. */
const MAX_SOCKETS = 20;

/** How many sockets each user has on this node; remembers those who are connected. */
export class UserSockets {
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.counts.size;
  }

  /** Counts a socket until it or its connection ends. @throws RateLimitedError when the user has too many. */
  admit(socket: AuthenticatedSocket, userId: string): void {
    // Socket.IO drops a socket whose connection has ended meanwhile, and tells nobody.
    if (socket.conn.readyState !== 'open') return;
    const count = this.counts.get(userId) ?? 0;
    if (count >= MAX_SOCKETS) throw new RateLimitedError(1_000, 'Too many connections');
    this.counts.set(userId, count + 1);
    let counted = true;
    const release = guardListener(
      () => {
        socket.off('disconnect', release);
        socket.conn.off('close', release);
        // The close of a connection disconnects its socket first, and then still calls the listener taken off here.
        if (counted) this.release(userId);
        counted = false;
      },
      () => closeConnectionOf(socket),
    );
    socket.once('disconnect', release);
    socket.conn.once('close', release);
  }

  private release(userId: string): void {
    const left = (this.counts.get(userId) ?? 0) - 1;
    if (left > 0) this.counts.set(userId, left);
    else this.counts.delete(userId);
  }
}
