import { guardListener } from '../../../common/application/guard-listener.js';

/** Milliseconds between two announcements of a user, and of absence until it is announced. */
export const WINDOW = 10_000;
/** Maximum users whose state is settling: about 10 MiB. Above it, the oldest window ends early. */
const MAX_SETTLING = 65_536;

interface SettlingState {
  readonly endsAt: number;
  /** The state that was announced last. */
  readonly announced: boolean;
  /** When the user has come or gone most recently. */
  changedAt: number;
}

/**
 * Decides when a change is announced: that a user has come, at once; that a user has gone, after ten seconds of absence,
 * so that a reconnection is no change; and of one user at most one change in ten seconds, the last one. Only users that
 * are watched have an entry, for as long as their state settles, with one timer for all.
 */
export class SettledStates {
  /** In the order of their ends. */
  private readonly settling = new Map<string, SettlingState>();
  private timer: NodeJS.Timeout | undefined;

  /** @param announce must not throw; `isOnline` has the announced state by then */
  constructor(
    private readonly readState: (userId: string) => boolean,
    private readonly announce: (userId: string) => void,
    private readonly maxSettling = MAX_SETTLING,
  ) {}

  get size(): number {
    return this.settling.size;
  }

  /** The state that was announced last; of a user whose state is not settling, the present one. */
  isOnline(userId: string): boolean {
    return this.settling.get(userId)?.announced ?? this.readState(userId);
  }

  /** Must be called after each change of a user's state. */
  stateChanged(userId: string, isWatched: boolean): void {
    const now = performance.now();
    const state = this.settling.get(userId);
    if (state) state.changedAt = now;
    else if (isWatched) {
      if (this.settling.size >= this.maxSettling) this.endOldest();
      this.startWindow(userId, true, now);
      if (this.readState(userId)) this.announce(userId);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.settling.clear();
  }

  private startWindow(userId: string, announced: boolean, changedAt: number): void {
    this.settling.set(userId, { endsAt: performance.now() + WINDOW, announced, changedAt });
    if (this.settling.size === 1) this.scheduleEnd(WINDOW);
  }

  private scheduleEnd(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.endDue, delay).unref();
  }

  private readonly endDue = guardListener(() => {
    const now = performance.now();
    for (const [userId, state] of this.settling) {
      if (state.endsAt > now) return this.scheduleEnd(Math.ceil(state.endsAt - now));
      this.settling.delete(userId);
      this.endWindow(userId, state, now);
    }
  });

  private endWindow(userId: string, { announced, changedAt }: SettlingState, now: number): void {
    const isOnline = this.readState(userId);
    if (isOnline === announced) return;
    const isSettled = isOnline || now - changedAt >= WINDOW;
    this.startWindow(userId, isSettled ? isOnline : announced, changedAt);
    if (isSettled) this.announce(userId);
  }

  private endOldest(): void {
    const [oldest] = this.settling;
    if (!oldest) return;
    const [userId, { announced }] = oldest;
    this.settling.delete(userId);
    if (this.readState(userId) !== announced) this.announce(userId);
  }
}
