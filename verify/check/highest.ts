/** The highest of values that came one after another, asked for as of any tick. */
export class Highest {
  private readonly ticks: number[] = [];
  private readonly values: number[] = [];

  constructor(events: readonly { readonly tick: number; readonly value: number }[]) {
    let most = 0;
    for (const { tick, value } of events.toSorted((one, other) => one.tick - other.tick)) {
      if (value <= most) continue;
      most = value;
      this.ticks.push(tick);
      this.values.push(value);
    }
  }

  /** 0 when none came before. */
  before(tick: number): number {
    let [from, to] = [0, this.ticks.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.ticks[middle] ?? Infinity) < tick) from = middle + 1;
      else to = middle;
    }
    return this.values[from - 1] ?? 0;
  }
}
