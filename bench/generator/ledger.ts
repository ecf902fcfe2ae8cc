import { Samples } from './samples.js';

/** One message from its intended time on; all times in milliseconds of `performance.now()`. */
interface Entry {
  readonly due: number;
  readonly recipients: number;
  readonly settled: (() => void) | undefined;
  seq: number;
  heard: number;
  acked: boolean;
}

/** Latencies in milliseconds from the intended time of sending. */
export interface Latencies {
  readonly ack: Float64Array;
  /** To each recipient. */
  readonly delivery: Float64Array;
  /** To the last recipient. */
  readonly lastDelivery: Float64Array;
}

/** Milliseconds for what is still under way when the sending is over. */
const PATIENCE = 60_000;

/** Every message sent to one server, what was answered, and how many have heard it. */
export class Ledger {
  private readonly entries: Entry[] = [];
  private readonly acks = new Samples();
  private readonly deliveries = new Samples();
  private readonly lastDeliveries = new Samples();
  private open = 0;
  private wake: (() => void) | undefined;
  private failure: string | undefined;

  /** @returns the message's number, by which it is recognised when it is heard */
  begin(due: number, recipients: number, settled?: () => void): number {
    this.open += 1;
    return this.entries.push({ due, recipients, settled, seq: 0, heard: 0, acked: false }) - 1;
  }

  acknowledged(index: number, seq: number): void {
    const entry = this.entry(index);
    entry.acked = true;
    this.agree(entry, seq);
    this.acks.add(performance.now() - entry.due);
    if (entry.heard >= entry.recipients) this.settle(entry);
  }

  heard(index: number, seq: number): void {
    const entry = this.entry(index);
    const latency = performance.now() - entry.due;
    entry.heard += 1;
    this.agree(entry, seq);
    this.deliveries.add(latency);
    if (entry.heard === entry.recipients) {
      this.lastDeliveries.add(latency);
      if (entry.acked) this.settle(entry);
    } else if (entry.heard > entry.recipients) {
      this.fail(`Message ${index} was heard ${entry.heard} times by ${entry.recipients} recipients.`);
    }
  }

  /** The first failure counts; whoever waits is told. */
  fail(reason: string): void {
    this.failure ??= reason;
    this.wake?.();
  }

  /** When everything sent was acknowledged and heard by all. @throws Error at any failure, or after a minute */
  async whenSettled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const impatience = setTimeout(() => this.fail(this.describeOpen()), PATIENCE);
    if (this.open > 0 && this.failure === undefined) await promise;
    clearTimeout(impatience);
    this.wake = undefined;
    if (this.failure !== undefined) throw new Error(this.failure);
  }

  /** Acknowledged since the beginning. */
  get acked(): number {
    return this.entries.length - this.open;
  }

  /** What was measured since the last call. */
  take(): Latencies {
    return {
      ack: this.acks.take(),
      delivery: this.deliveries.take(),
      lastDelivery: this.lastDeliveries.take(),
    };
  }

  private settle(entry: Entry): void {
    this.open -= 1;
    entry.settled?.();
    if (this.open === 0) this.wake?.();
  }

  /** The acknowledgement and all recipients are told one `seq`. */
  private agree(entry: Entry, seq: number): void {
    if (entry.seq === 0) entry.seq = seq;
    else if (entry.seq !== seq) this.fail(`One message was told with seq ${entry.seq} and ${seq}.`);
  }

  private entry(index: number): Entry {
    const entry = this.entries[index];
    if (!entry) throw new Error(`A message that nobody sent was heard: ${index}.`);
    return entry;
  }

  private describeOpen(): string {
    const answered = this.entries.filter((entry) => entry.acked).length;
    return `${this.open} of ${this.entries.length} messages did not arrive everywhere (${answered} acknowledged).`;
  }
}
