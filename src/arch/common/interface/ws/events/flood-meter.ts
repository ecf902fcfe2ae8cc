/** Multiple of the event limit; sending this much for ten seconds closes a connection. */
const FACTOR = 10;
/** Fraction of that rate that a connection may send for ever. */
const TOLERATED = 0.5;
/** Seconds of that rate, above the tolerated fraction, that a connection may send. */
const PATIENCE = 10 * (1 - TOLERATED);
/** Upper bound of one second's packets, as a multiple of that rate: a burst is no flood. */
const MAX_OF_A_SECOND = 1.5;

/**
 * Measures how long one connection has sent too much: ten times the limit closes it after ten seconds, more after five.
 */
export class FloodMeter {
  private second = 0;
  private packets = 0;
  private level = 0;

  /**
   * Counts a packet. Returns whether it is one too many.
   * @param now milliseconds on a monotonic clock
   * @param limit events a second
   */
  countPacket(now: number, limit: number): boolean {
    const second = Math.floor(now / 1_000);
    if (second !== this.second) {
      const sent = Math.min(this.packets / (FACTOR * limit), MAX_OF_A_SECOND);
      this.level = Math.max(0, this.level + sent - TOLERATED * (second - this.second));
      this.second = second;
      this.packets = 0;
    }
    this.packets += 1;
    return this.level >= PATIENCE;
  }
}
