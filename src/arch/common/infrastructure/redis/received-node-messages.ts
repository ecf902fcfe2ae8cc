/**
 * Milliseconds by which the clocks of two nodes may differ, the way of a word included. As long as is allowed elsewhere
 * for clocks and commits that lag behind.
 */
const WINDOW = 60_000;

interface Sender {
  /** Of its last word. */
  number: number;
  heardAt: number;
}

/** What authentic words have been heard, so that none counts twice: a sender's numbers only rise. */
export class ReceivedNodeMessages {
  private readonly senders = new Map<string, Sender>();

  get size(): number {
    return this.senders.size;
  }

  /**
   * @param time of the sender's clock, in milliseconds
   * @param number of the word, of all of the sender's
   */
  judgeMessage(sender: string, time: number, number: number, now: number): 'new' | 'late' | 'replayed' {
    if (Math.abs(now - time) > WINDOW) return 'late';
    const known = this.senders.get(sender);
    if (known && number <= known.number) return 'replayed';
    if (!known) this.forgetSilent(now);
    this.senders.set(sender, { number, heardAt: now });
    return 'new';
  }

  /** Whatever they have said is too old by now to be said again. */
  private forgetSilent(now: number): void {
    for (const [sender, { heardAt }] of this.senders) {
      if (now - heardAt > 2 * WINDOW) this.senders.delete(sender);
    }
  }
}
