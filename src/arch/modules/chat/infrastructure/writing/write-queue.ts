import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

/** A write to a conversation. */
export interface QueuedWrite {
  /** The conversation whose other writes it waits for: of a thread, the parent. */
  readonly lane: string;
  /** Bytes of its payload. */
  readonly bytes: number;
  /** Whether it needs a dedicated transaction; other writes may share one. */
  readonly exclusive: boolean;
  /** A batch must not contain a key twice. */
  readonly key?: string | undefined;
}

export interface QueueLimits {
  /** Maximum waiting writes of one lane, so that it cannot use up the budget of all work (`InFlightWork`). */
  readonly waitingEach: number;
  /** Maximum writes and bytes of one batch; a single write is never too large. */
  readonly batch: number;
  readonly batchBytes: number;
}

type Addressed = Pick<QueuedWrite, 'lane'>;

interface Lane<Write> {
  readonly waiting: Write[];
  busy: boolean;
}

/**
 * Waiting writes: first come, first served within a lane, of which one batch at a time is taken; the lanes take turns.
 */
export class WriteQueue<Write extends QueuedWrite> {
  private readonly lanes = new Map<string, Lane<Write>>();
  /** Lanes with a write to take, the longest waiting first. */
  private readonly ready = new Set<string>();

  constructor(private readonly limits: QueueLimits) {}

  /** @throws UnavailableError when too much of its lane waits; nothing is queued then */
  push(write: Write): void {
    const lane = this.lanes.get(write.lane) ?? { waiting: [], busy: false };
    if (lane.waiting.length >= this.limits.waitingEach) throw new UnavailableError();
    lane.waiting.push(write);
    this.lanes.set(write.lane, lane);
    if (!lane.busy) this.ready.add(write.lane);
  }

  /** Takes the next batch, empty when there is none; its lanes are skipped until `done`. */
  take(): Write[] {
    const batch: Write[] = [];
    const keys = new Set<string>();
    let room = this.limits.batchBytes;
    for (const name of this.ready) {
      const lane = this.lanes.get(name) as Lane<Write>;
      const [first] = lane.waiting as [Write];
      if (first.exclusive && batch.length > 0) break;
      const count = first.exclusive
        ? 1
        : this.countFitting(lane.waiting, this.limits.batch - batch.length, room, keys);
      if (count === 0 && batch.length > 0) break;
      const taken = lane.waiting.splice(0, Math.max(1, count));
      for (const { bytes } of taken) room -= bytes;
      batch.push(...taken);
      lane.busy = true;
      this.ready.delete(name);
      if (first.exclusive) break;
    }
    return batch;
  }

  /** Ends a written or failed batch: its lanes get their turns again. */
  done(batch: readonly Addressed[]): void {
    for (const name of new Set(batch.map((write) => write.lane))) {
      const lane = this.lanes.get(name) as Lane<Write>;
      lane.busy = false;
      if (lane.waiting.length > 0) this.ready.add(name);
      else this.lanes.delete(name);
    }
  }

  /** Returns a batch that could not be written: its lanes get their turns again, and it comes first in them. */
  putBack(batch: readonly Write[]): void {
    for (const write of batch.toReversed()) {
      this.lanes.get(write.lane)?.waiting.unshift(write);
    }
    this.done(batch);
  }

  /** Removes and returns the writes behind a batch that is not done yet. */
  abandonBehind(batch: readonly Addressed[]): Write[] {
    return [...new Set(batch.map((write) => write.lane))].flatMap(
      (name) => this.lanes.get(name)?.waiting.splice(0) ?? [],
    );
  }

  private countFitting(waiting: readonly Write[], most: number, room: number, keys: Set<string>): number {
    let count = 0;
    for (const { exclusive, bytes, key } of waiting) {
      room -= bytes;
      if (exclusive || count === most || room < 0 || (key !== undefined && keys.has(key))) break;
      if (key !== undefined) keys.add(key);
      count += 1;
    }
    return count;
  }
}
