import { guardListener } from '../../../../common/application/guard-listener.js';

const INTERVAL_MS = 1_000;
/** Maximum states: about 10 MiB. Above it, the oldest second ends early. */
const MAX_REMEMBERED = 32_768;

/** A second that began with an emitted state. */
interface ThrottleWindow<State> {
  endsAt: number;
  emitted: State;
  /** The state to emit at its end. */
  next: State | undefined;
}

/**
 * Emits states that change faster than clients need them: the first at once, then at most one a second for each key,
 * the last one. Keeps keys for a second after an emit, with one timer for all.
 */
export class OnceASecond<State extends object> {
  /** In the order of their ends. */
  private readonly seconds = new Map<string, ThrottleWindow<State>>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param isNews whether a state has to be emitted after `last`, which has been emitted, or would be without this one
   * @param combine returns the state to emit in place of a waiting one and a later one
   */
  constructor(
    private readonly emit: (state: State) => void,
    private readonly isNews: (state: State, last: State) => boolean,
    private readonly maxRemembered = MAX_REMEMBERED,
    private readonly combine: (waiting: State, later: State) => State = (_, later) => later,
  ) {}

  get size(): number {
    return this.seconds.size;
  }

  emitState(key: string, state: State): void {
    const second = this.seconds.get(key);
    if (!second) this.startInterval(key, state);
    else if (this.isNews(state, second.next ?? second.emitted)) {
      second.next = second.next ? this.combine(second.next, state) : state;
    }
  }

  /** Drops those of the states that wait to be emitted. */
  cancelWaiting(isMeant: (state: State) => boolean): void {
    for (const second of this.seconds.values()) {
      if (second.next && isMeant(second.next)) second.next = undefined;
    }
  }

  /** Drops all states that wait to be emitted. */
  cancelAll(): void {
    clearTimeout(this.timer);
    this.seconds.clear();
  }

  private startInterval(key: string, emitted: State): void {
    if (this.seconds.size >= this.maxRemembered) this.endOldest();
    this.seconds.set(key, { endsAt: performance.now() + INTERVAL_MS, emitted, next: undefined });
    if (this.seconds.size === 1) this.scheduleEnd(INTERVAL_MS);
    this.emit(emitted);
  }

  private scheduleEnd(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.endDue, delay).unref();
  }

  private readonly endDue = guardListener(() => {
    const now = performance.now();
    for (const [key, { endsAt, next }] of this.seconds) {
      if (endsAt > now) return this.scheduleEnd(Math.ceil(endsAt - now));
      this.seconds.delete(key);
      if (next) this.startInterval(key, next);
    }
  });

  private endOldest(): void {
    const [oldest] = this.seconds;
    if (!oldest) return;
    const [key, { next }] = oldest;
    this.seconds.delete(key);
    if (next) this.emit(next);
  }
}
