import type { Presence } from '../domain/models/presence.model.js';
import { WINDOW } from './settled-states.js';

/** A socket of this node, the users that it watches, and what it has been shown of them. */
export class Watcher {
  /** Undefined until the subscription is answered. */
  private online: Set<string> | undefined;
  /** When the last event of a user was emitted, on a monotonic clock; without those of the answer. */
  private readonly emitted = new Map<string, number>();
  private hasMissedChange = false;

  constructor(
    readonly socketId: string,
    readonly viewerId: string,
    readonly userIds: readonly string[],
  ) {}

  /**
   * Must be called with the answer to the subscription. Returns whether something has changed since that was read, so
   * that all of it must be checked again.
   */
  setAnswer(presence: readonly Presence[]): boolean {
    this.online = new Set(presence.filter(({ status }) => status === 'online').map(({ userId }) => userId));
    return this.hasMissedChange;
  }

  /** Whether the socket has been shown another status. Before the answer nothing is emitted. */
  lacksPresence({ userId, status }: Presence): boolean {
    if (!this.online) this.hasMissedChange = true;
    return this.online !== undefined && this.online.has(userId) !== (status === 'online');
  }

  /**
   * Milliseconds until the user may be shown online: within ten seconds after another event, a user who has shown its
   * presence again, or who is a member again, waits. That somebody is seen no longer never waits.
   */
  timeUntilOnline(userId: string, now: number): number {
    return Math.max(0, (this.emitted.get(userId) ?? -WINDOW) + WINDOW - now);
  }

  /** @param now milliseconds on a monotonic clock */
  presenceEmitted({ userId, status }: Presence, now: number): void {
    this.emitted.set(userId, now);
    if (status === 'online') this.online?.add(userId);
    else this.online?.delete(userId);
  }
}
