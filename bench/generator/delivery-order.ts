/** What one socket has heard of one room. */
export interface OrderCounts {
  /** Distinct messages heard. */
  readonly heard: number;
  /** Heard after one with a larger `seq`. */
  readonly reordered: number;
  readonly doubled: number;
  /** Up to the largest `seq` that the room has reached. */
  readonly missing: number;
}

/**
 * Checks that a socket hears `seq` 1, 2, 3 … A delivery is reordered when its `seq` is below one heard before,
 * as RFC 4737 (section 3.3) defines it for packets.
 */
export class DeliveryOrder {
  /** Every `seq` below it has been heard. */
  private next = 1;
  private highest = 0;
  private reordered = 0;
  private doubled = 0;
  /** Heard, though one below is still missing. */
  private readonly early = new Set<number>();

  observe(seq: number): void {
    if (seq < this.next || this.early.has(seq)) {
      this.doubled += 1;
      return;
    }
    if (seq < this.highest) this.reordered += 1;
    else this.highest = seq;
    if (seq !== this.next) {
      this.early.add(seq);
      return;
    }
    this.next += 1;
    while (this.early.delete(this.next)) this.next += 1;
  }

  /** @param lastSeq the largest `seq` of the room; all up to it should have been heard */
  counts(lastSeq: number): OrderCounts {
    const heard = this.next - 1 + this.early.size;
    return { heard, reordered: this.reordered, doubled: this.doubled, missing: lastSeq - heard };
  }
}
