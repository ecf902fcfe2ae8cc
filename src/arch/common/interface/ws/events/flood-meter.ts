/** Times the limit of events: what ends a connection after ten seconds. */
const FACTOR = 10;
/** Of the flood that ends it after ten seconds, what a connection may send for as long as it likes. */
const TOLERATED = 0.5;
/** Seconds of a flood, beyond what is tolerated, that a connection has. */
const PATIENCE = 10 * (1 - TOLERATED);
/** However much comes in one second, it counts as this much of the flood: a burst is no flood. */
const MAX_OF_A_SECOND = 1.5;

/** How long one connection has sent too much: ten times the limit for ten seconds, more of it for five. */
export class FloodMeter {
  private second = 0;
  private packets = 0;
  private level = 0;

  /**
   * Counts a packet. Whether it is one too many.
   * @param now milliseconds on a clock that is never set
   * @param limit of events a second
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
