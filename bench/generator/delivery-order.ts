/** Counts of what one socket has received in one room. */
export interface OrderCounts {
  /** Distinct messages. */
  readonly received: number;
  /** Messages that came after one with a larger `seq`. */
  readonly reordered: number;
  readonly doubled: number;
  /** Messages up to the room's last `seq` that did not come; negative when more came. */
  readonly missing: number;
}

/**
 * Checks that a socket receives `seq` 1, 2, 3 … A delivery is reordered when its `seq` is smaller than one received
 * before, as RFC 4737 (section 3.3) defines it for packets.
 */
export class DeliveryOrder {
  /** The smallest `seq` that has not been received. */
  private next = 1;
  private highest = 0;
  private reordered = 0;
  private doubled = 0;
  /** Received numbers above `next`. */
  private readonly early = new Set<number>();

  recordSeq(seq: number): void {
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

  /** @param lastSeq the largest `seq` of the room; every one up to it should have been received */
  countDeliveries(lastSeq: number): OrderCounts {
    const received = this.next - 1 + this.early.size;
    return { received, reordered: this.reordered, doubled: this.doubled, missing: lastSeq - received };
  }
}
