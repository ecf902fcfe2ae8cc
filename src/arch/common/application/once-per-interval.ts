import { guardListener } from './guard-listener.js';

const INTERVAL_MS = 1_000;
/** Maximum states: about 10 MiB. Above it, the oldest interval ends early. */
const MAX_REMEMBERED = 32_768;

interface Limits {
  readonly interval: number;
  readonly maxRemembered: number;
}

/** An interval that began with an emitted state. */
interface ThrottleWindow<State> {
  endsAt: number;
  emitted: State;
  /** The state to emit at its end. */
  next: State | undefined;
}

/**
 * Emits states that change faster than clients need them: the first at once, then at most one in an interval for each key,
 * the last one. Keeps keys for an interval after an emit, with one timer for all.
 */
export class OncePerInterval<State extends object> {
  /** In the order of their ends. */
  private readonly intervals = new Map<string, ThrottleWindow<State>>();
  private readonly limits: Limits;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param isNews whether a state has to be emitted after `last`, which has been emitted, or would be without this one
   * @param combine returns the state to emit in place of a waiting one and a later one
   */
  constructor(
    private readonly emit: (state: State) => void,
    private readonly isNews: (state: State, last: State) => boolean,
    { interval = INTERVAL_MS, maxRemembered = MAX_REMEMBERED }: Partial<Limits> = {},
    private readonly combine: (waiting: State, later: State) => State = (_, later) => later,
  ) {
    this.limits = { interval, maxRemembered };
  }

  get size(): number {
    return this.intervals.size;
  }

  emitState(key: string, state: State): void {
    const current = this.intervals.get(key);
    if (!current) this.startInterval(key, state);
    else if (this.isNews(state, current.next ?? current.emitted)) {
      current.next = current.next ? this.combine(current.next, state) : state;
    }
  }

  /** Drops those of the states that wait to be emitted. */
  cancelWaiting(isMeant: (state: State) => boolean): void {
    for (const current of this.intervals.values()) {
      if (current.next && isMeant(current.next)) current.next = undefined;
    }
  }

  /** Drops all states that wait to be emitted. */
  cancelAll(): void {
    clearTimeout(this.timer);
    this.intervals.clear();
  }

  private startInterval(key: string, emitted: State): void {
    const { interval, maxRemembered } = this.limits;
    if (this.intervals.size >= maxRemembered) this.endOldest();
    this.intervals.set(key, { endsAt: performance.now() + interval, emitted, next: undefined });
    if (this.intervals.size === 1) this.scheduleEnd(interval);
    this.emit(emitted);
  }

  private scheduleEnd(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.endDue, delay).unref();
  }

  private readonly endDue = guardListener(() => {
    const now = performance.now();
    for (const [key, { endsAt, next }] of this.intervals) {
      if (endsAt > now) return this.scheduleEnd(Math.ceil(endsAt - now));
      this.intervals.delete(key);
      if (next) this.startInterval(key, next);
    }
  });

  private endOldest(): void {
    const [oldest] = this.intervals;
    if (!oldest) return;
    const [key, { next }] = oldest;
    this.intervals.delete(key);
    if (next) this.emit(next);
  }
}
