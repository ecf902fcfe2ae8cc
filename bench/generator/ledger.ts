import { Samples } from './samples.js';

/** A message that was sent. Times are in milliseconds of `performance.now()`. */
interface Entry {
  readonly due: number;
  readonly recipients: number;
  readonly settled: (() => void) | undefined;
  seq: number;
  received: number;
  acked: boolean;
}

/** Latencies in milliseconds, from the intended time of sending. */
export interface Latencies {
  readonly ack: Float64Array;
  /** One for each recipient of each message. */
  readonly delivery: Float64Array;
  /** One for each message, to its last recipient. */
  readonly lastDelivery: Float64Array;
}

/** Milliseconds in which messages in flight must be settled after the last send. */
const SETTLE_TIMEOUT = 60_000;

/** Records every message sent to one server, its acknowledgement and its deliveries. */
export class Ledger {
  private readonly entries: Entry[] = [];
  private readonly acks = new Samples();
  private readonly deliveries = new Samples();
  private readonly lastDeliveries = new Samples();
  /** Messages that are not acknowledged yet, or not received by all. */
  private unsettled = 0;
  private wake: (() => void) | undefined;
  private failure: string | undefined;

  /** @param settled called when the message is acknowledged and received by all @returns the message's index */
  addMessage(due: number, recipients: number, settled?: () => void): number {
    this.unsettled += 1;
    return this.entries.push({ due, recipients, settled, seq: 0, received: 0, acked: false }) - 1;
  }

  recordAck(index: number, seq: number): void {
    const entry = this.getEntry(index);
    entry.acked = true;
    this.checkSeq(entry, seq);
    this.acks.add(performance.now() - entry.due);
    if (entry.received >= entry.recipients) this.settleEntry(entry);
  }

  recordDelivery(index: number, seq: number): void {
    const entry = this.getEntry(index);
    const latency = performance.now() - entry.due;
    entry.received += 1;
    this.checkSeq(entry, seq);
    this.deliveries.add(latency);
    if (entry.received === entry.recipients) {
      this.lastDeliveries.add(latency);
      if (entry.acked) this.settleEntry(entry);
    } else if (entry.received > entry.recipients) {
      this.fail(`Message ${index} was delivered ${entry.received} times to ${entry.recipients} recipients.`);
    }
  }

  /** Makes `whenSettled` throw. Only the first reason is kept. */
  fail(reason: string): void {
    this.failure ??= reason;
    this.wake?.();
  }

  /**
   * Resolves when every message is acknowledged and received by all.
   * @throws Error after a failure, or after a minute
   */
  async whenSettled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const timer = setTimeout(() => this.fail(this.describeUnsettled()), SETTLE_TIMEOUT);
    if (this.unsettled > 0 && this.failure === undefined) await promise;
    clearTimeout(timer);
    this.wake = undefined;
    if (this.failure !== undefined) throw new Error(this.failure);
  }

  /** Settled messages since the start. */
  get acked(): number {
    return this.entries.length - this.unsettled;
  }

  /** Removes and returns the latencies since the last call. */
  takeLatencies(): Latencies {
    return {
      ack: this.acks.takeAll(),
      delivery: this.deliveries.takeAll(),
      lastDelivery: this.lastDeliveries.takeAll(),
    };
  }

  private settleEntry(entry: Entry): void {
    this.unsettled -= 1;
    entry.settled?.();
    if (this.unsettled === 0) this.wake?.();
  }

  /** The acknowledgement and all deliveries of a message must have the same `seq`. */
  private checkSeq(entry: Entry, seq: number): void {
    if (entry.seq === 0) entry.seq = seq;
    else if (entry.seq !== seq) this.fail(`One message was sent with seq ${entry.seq} and ${seq}.`);
  }

  private getEntry(index: number): Entry {
    const entry = this.entries[index];
    if (!entry) throw new Error(`A message was received that was never sent: ${index}.`);
    return entry;
  }

  private describeUnsettled(): string {
    const answered = this.entries.filter((entry) => entry.acked).length;
    return `${this.unsettled} of ${this.entries.length} messages were not received by all (${answered} acknowledged).`;
  }
}
