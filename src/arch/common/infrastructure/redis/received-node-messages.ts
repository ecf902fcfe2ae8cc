/**
 * Maximum milliseconds between the clocks of two nodes, including the time of transport. The same bound as elsewhere
 * for differing clocks and late commits.
 */
const WINDOW = 60_000;

interface Sender {
  /** The number of its last message. */
  number: number;
  receivedAt: number;
}

/** The authentic messages received so far, so that none counts twice: a sender's numbers only increase. */
export class ReceivedNodeMessages {
  private readonly senders = new Map<string, Sender>();

  get size(): number {
    return this.senders.size;
  }

  /**
   * @param time milliseconds of the sender's clock
   * @param number number of the message among all of the sender's
   */
  judgeMessage(sender: string, time: number, number: number, now: number): 'new' | 'late' | 'replayed' {
    if (Math.abs(now - time) > WINDOW) return 'late';
    const known = this.senders.get(sender);
    if (known && number <= known.number) return 'replayed';
    if (!known) this.forgetSilent(now);
    this.senders.set(sender, { number, receivedAt: now });
    return 'new';
  }

  /** Removes silent senders: their messages are too old by now to be replayed. */
  private forgetSilent(now: number): void {
    for (const [sender, { receivedAt }] of this.senders) {
      if (now - receivedAt > 2 * WINDOW) this.senders.delete(sender);
    }
  }
}
