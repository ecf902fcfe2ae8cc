/** Bytes of heap that waiting work may hold, estimated; what does not fit is refused before anything is done for it. */
export class WorkBudget {
  private used = 0;

  /**
   * @param limit bytes
   * @param each bytes that a piece of work holds besides what it brings along
   */
  constructor(
    private readonly limit = Infinity,
    private readonly each = 1,
  ) {}

  /** So many fit that bring nothing along. */
  get maxEmptyPieces(): number {
    return Math.floor(this.limit / this.each);
  }

  /** The part of it that is used, from 0 to 1. */
  get usedShare(): number {
    return this.used / this.limit;
  }

  /** @returns whether there is room for it, which is then taken; a `giveBack` of the same must follow */
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

/** What a request or an event that is worked on holds, wherever it waits: up to 5 KiB were measured (ADR 33). */
const OPEN_BYTES = 8_192;
/** What an event holds that waits for its user's quota. */
const HELD_BYTES = 1_024;
/** 16,384 pieces of work: what a database at full speed does in some seconds, so that nobody waits for longer. */
const OPEN_MOST = 16_384 * OPEN_BYTES;
/** The part of the heap that each of the two may fill; the rest is for the program, its sockets and what it remembers. */
const PART = 1 / 8;

/** For work under way. @param heap bytes that this process's heap may grow to */
export const openBudget = (heap: number): WorkBudget =>
  new WorkBudget(Math.min(OPEN_MOST, heap * PART), OPEN_BYTES);

/** For events that are sent too fast and wait until they may begin. @param heap bytes, as above */
export const heldBudget = (heap: number): WorkBudget => new WorkBudget(heap * PART, HELD_BYTES);
