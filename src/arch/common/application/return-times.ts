/** Milliseconds in which as much comes back as there is room for: a small server on a busy machine stores it in that time. */
const TURN = 600;
/** Milliseconds; the soonest and the latest that anybody is told to come back. */
const SOONEST = 1_000;
const LATEST = 30_000;

/**
 * When those come back who are refused because too much is waiting: one after another, the longer the more of them there
 * are. Told the same, they would come back together, and cost more time to refuse than what is waiting needs.
 */
export class ReturnTimes {
  /** When the one who was told last comes back. */
  private last = -Infinity;

  /** @param room how much may wait at a time */
  constructor(private readonly room: number) {}

  /** @param now milliseconds. @returns milliseconds from then on */
  nextReturnTime(now: number): number {
    const turn = Math.max(this.last + TURN / this.room, now + SOONEST);
    this.last = Math.min(turn, now + LATEST);
    return Math.round(this.last - now);
  }
}
