/** The highest of the values before any tick. */
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

  /** @returns the highest value before the tick; 0 without one */
  highestBefore(tick: number): number {
    let [from, to] = [0, this.ticks.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.ticks[middle] ?? Infinity) < tick) from = middle + 1;
      else to = middle;
    }
    return this.values[from - 1] ?? 0;
  }
}
