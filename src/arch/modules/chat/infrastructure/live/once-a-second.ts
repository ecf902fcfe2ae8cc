import { guardListener } from '../../../../common/application/guard-listener.js';

const INTERVAL_MS = 1_000;
/** States remembered: some 10 MiB. Beyond, the oldest second ends early. */
const MAX_REMEMBERED = 32_768;

/** A second that began with a state being told. */
interface ThrottleWindow<State> {
  endsAt: number;
  told: State;
  /** What is told at the end of it. */
  next: State | undefined;
}

/**
 * Tells states that change faster than anybody needs to know: the first at once, then at most one a second for each
 * key, the last. Remembers those told of within the last second, with one timer for all.
 */
export class OnceASecond<State extends object> {
  /** In the order of their ends. */
  private readonly seconds = new Map<string, ThrottleWindow<State>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param isNews whether a state has to be told after `last`, which has been, or will be unless this one is */
  constructor(
    private readonly emit: (state: State) => void,
    private readonly isNews: (state: State, last: State) => boolean,
    private readonly maxRemembered = MAX_REMEMBERED,
  ) {}

  get size(): number {
    return this.seconds.size;
  }

  emitState(key: string, state: State): void {
    const second = this.seconds.get(key);
    if (!second) this.startInterval(key, state);
    else if (this.isNews(state, second.next ?? second.told)) second.next = state;
  }

  /** Tells nothing any more of what was to be told. */
  cancelAll(): void {
    clearTimeout(this.timer);
    this.seconds.clear();
  }

  private startInterval(key: string, told: State): void {
    if (this.seconds.size >= this.maxRemembered) this.endOldest();
    this.seconds.set(key, { endsAt: performance.now() + INTERVAL_MS, told, next: undefined });
    if (this.seconds.size === 1) this.scheduleEnd(INTERVAL_MS);
    this.emit(told);
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
