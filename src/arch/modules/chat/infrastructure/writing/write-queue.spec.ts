import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { type QueuedWrite, type QueueLimits, WriteQueue } from './write-queue.js';
import { rounds } from '../../../../../../test/support/rounds.js';

/** A bound above all writes of a run. */
const MOST_BATCHES = 10_000;

interface Numbered extends QueuedWrite {
  readonly number: number;
}

const LIMITS: QueueLimits = { waitingEach: 12, batch: 5, batchBytes: 40 };

/**
 * Steps of a queue: a write is pushed, a batch is taken, is done, is put back, or the writes behind one are abandoned.
 */
const push = fc.record({
  lane: fc.constantFrom('a', 'b', 'c', 'd'),
  bytes: fc.nat(60),
  exclusive: fc.boolean(),
  key: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
  number: fc.nat(),
});
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: push.map((write) => (run: Run) => run.push(write)) },
    { weight: 3, arbitrary: fc.constant((run: Run) => void run.take()) },
    { weight: 3, arbitrary: fc.nat(5).map((which) => (run: Run) => run.done(which)) },
    { weight: 1, arbitrary: fc.nat(5).map((which) => (run: Run) => run.putBack(which)) },
    { weight: 1, arbitrary: fc.nat(5).map((which) => (run: Run) => run.abandon(which)) },
  ),
  { maxLength: 200, size: 'max' },
);

const bytesOf = (writes: readonly Numbered[]) => writes.reduce((sum, { bytes }) => sum + bytes, 0);
const lanesOf = (writes: readonly Numbered[]) => new Set(writes.map(({ lane }) => lane));
const without = (writes: readonly Numbered[], gone: readonly Numbered[]) =>
  writes.filter((one) => !gone.includes(one));

/** A queue beside a naive model of it. */
class Run {
  readonly violations: string[] = [];
  private readonly queue = new WriteQueue<Numbered>(LIMITS);
  private readonly underWay: Numbered[][] = [];
  private waiting: Numbered[] = [];

  push(write: Numbered): void {
    const mine = this.waiting.filter(({ lane }) => lane === write.lane);
    const full = mine.length >= LIMITS.waitingEach;
    try {
      this.queue.push(write);
      this.waiting.push(write);
      this.check(!full, 'took more than may wait');
    } catch (error) {
      this.check(full && error instanceof UnavailableError, 'refused what may wait');
    }
  }

  take(): boolean {
    const batch = this.queue.take();
    const busy = lanesOf(this.underWay.flat());
    const keys = batch.flatMap(({ key }) => key ?? []);
    this.check(batch.length <= LIMITS.batch, 'a batch of too many');
    this.check(batch.length <= 1 || bytesOf(batch) <= LIMITS.batchBytes, 'a batch of too many bytes');
    this.check(batch.length <= 1 || !batch.some(({ exclusive }) => exclusive), 'not exclusive');
    this.check(new Set(keys).size === keys.length, 'the same key twice');
    this.check(!batch.some((one) => busy.has(one.lane)), 'two batches of a conversation at once');
    for (const id of lanesOf(batch)) {
      const of = (writes: readonly Numbered[]) => writes.filter((one) => one.lane === id);
      this.check(
        of(batch).every((one, index) => of(this.waiting)[index] === one),
        'out of order',
      );
    }
    const couldTake = this.waiting.some(({ lane }) => !busy.has(lane));
    this.check(batch.length > 0 === couldTake, 'idle although something waits');
    this.waiting = without(this.waiting, batch);
    if (batch.length > 0) this.underWay.push(batch);
    return batch.length > 0;
  }

  done(which: number): void {
    const [batch] = this.underWay.splice(which, 1);
    if (batch) this.queue.done(batch);
  }

  putBack(which: number): void {
    const [batch] = this.underWay.splice(which, 1);
    if (!batch) return;
    this.queue.putBack(batch);
    this.waiting = [...batch, ...this.waiting];
  }

  abandon(which: number): void {
    const batch = this.underWay[which] ?? [];
    const behind = this.waiting.filter((one) => lanesOf(batch).has(one.lane));
    const lost = this.queue.abandonBehind(batch);
    this.check(lost.length === behind.length && without(behind, lost).length === 0, 'gave up the wrong ones');
    this.waiting = without(this.waiting, behind);
  }

  finish(): void {
    for (const _ of rounds(MOST_BATCHES)) {
      for (const batch of this.underWay.splice(0)) this.queue.done(batch);
      if (!this.take()) break;
    }
    this.check(this.waiting.length === 0, 'left something behind');
  }

  private check(holds: boolean, violation: string): void {
    if (!holds) this.violations.push(violation);
  }
}

it('takes everything once, in order within a conversation, one batch of it at a time, within the bounds', () => {
  fc.assert(
    fc.property(steps, (happenings) => {
      const run = new Run();
      for (const happen of happenings) happen(run);
      run.finish();
      expect(run.violations).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const message = (lane: string, number: number): Numbered => ({
  lane,
  number,
  bytes: 1,
  exclusive: false,
});

it.each([
  [LIMITS.batchBytes - 20, 2],
  [LIMITS.batchBytes - 19, 1],
])(
  'a batch may be full to the last byte: of a write of 20 bytes and one of %i it takes %i',
  (bytes, taken) => {
    const queue = new WriteQueue<Numbered>(LIMITS);
    queue.push({ ...message('a', 1), bytes: 20 });
    queue.push({ ...message('b', 2), bytes });
    expect(queue.take()).toHaveLength(taken);
  },
);

describe('is fair', () => {
  it('a conversation with much to write does not keep the others waiting', () => {
    const queue = new WriteQueue<Numbered>(LIMITS);
    for (let number = 0; number < 12; number += 1) queue.push(message('busy', number));
    queue.push(message('quiet', 12));
    const first = queue.take();
    expect(first).toHaveLength(LIMITS.batch);
    expect(queue.take()).toMatchObject([{ lane: 'quiet' }]);
    expect(queue.take()).toEqual([]);
    queue.done(first);
    expect(queue.take()).toHaveLength(LIMITS.batch);
  });

  it('a full conversation does not close the others', () => {
    const queue = new WriteQueue<Numbered>(LIMITS);
    for (let number = 0; number < 12; number += 1) queue.push(message('full', number));
    expect(() => queue.push(message('full', 12))).toThrow(UnavailableError);
    expect(() => queue.push(message('other', 13))).not.toThrow();
  });
});
