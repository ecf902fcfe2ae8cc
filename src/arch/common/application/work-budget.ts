/** Estimated bytes of heap that waiting work may hold; work that does not fit is refused before it begins. */
export class WorkBudget {
  private used = 0;

  /**
   * @param limit bytes
   * @param each bytes that a piece of work holds besides its payload
   */
  constructor(
    private readonly limit = Infinity,
    private readonly each = 1,
  ) {}

  /** The number of pieces of work without payload that fit. */
  get maxEmptyPieces(): number {
    return Math.floor(this.limit / this.each);
  }

  /** The used fraction of the budget, from 0 to 1. */
  get usedShare(): number {
    return this.used / this.limit;
  }

  /**
   * Takes bytes of the budget; `giveBackBytes` with the same number must follow.
   * @returns false, and takes nothing, when there is no room
   */
  takeBytes(bytes: number): boolean {
    const used = this.used + this.each + bytes;
    if (used > this.limit) return false;
    this.used = used;
    return true;
  }

  giveBackBytes(bytes: number): void {
    this.used -= this.each + bytes;
  }
}

/** Bytes that a request or an event in flight holds, wherever it waits: up to 5 KiB were measured (ADR 33). */
const OPEN_BYTES = 8_192;
/** Bytes that an event holds that waits for its user's quota. */
const HELD_BYTES = 1_024;
/** 16,384 pieces of work: a database at full speed does them in some seconds, so that none waits longer. */
const OPEN_MOST = 16_384 * OPEN_BYTES;
/** Fraction of the heap that each of the two budgets may fill; the rest is for the program, its sockets and caches. */
const PART = 1 / 8;

/**
 * The budget of work in flight.
 * @param heap maximum size of this process's heap in bytes
 */
export const openBudget = (heap: number): WorkBudget =>
  new WorkBudget(Math.min(OPEN_MOST, heap * PART), OPEN_BYTES);

/**
 * The budget of events above a user's quota, which wait until they may begin.
 * @param heap maximum size of this process's heap in bytes
 */
export const heldBudget = (heap: number): WorkBudget => new WorkBudget(heap * PART, HELD_BYTES);
