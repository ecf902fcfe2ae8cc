import { describe, expect, it } from 'vitest';
import { rounds } from '../../../../test/support/rounds.js';
import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';
import { UnavailableError } from '../domain/errors/unavailable.error.js';
import { InFlightWork } from './in-flight-work.js';
import { heldBudget, openBudget, WorkBudget } from './work-budget.js';

/** Whether a promise has been resolved by now, after pending callbacks have run. */
async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setImmediate(resolve, 'later'));
  return (await Promise.race([promise, later])) !== 'later';
}

it('resolves at once when nothing is in flight', async () => {
  const work = new InFlightWork();
  work.beginWork();
  work.endWork();
  expect(await isResolved(work.drainWork())).toBe(true);
});

it('waits for all work in flight', async () => {
  const work = new InFlightWork();
  work.beginWork();
  work.beginWork();
  const drained = work.drainWork();
  work.endWork();
  expect(await isResolved(drained)).toBe(false);
  work.endWork();
  expect(await isResolved(drained)).toBe(true);
});

it('refuses new work from the moment it drains', () => {
  const work = new InFlightWork();
  work.beginWork();
  expect(work.isDraining).toBe(false);
  void work.drainWork();
  expect(work.isDraining).toBe(true);
  expect(() => work.beginWork()).toThrow(ShuttingDownError);
});

it('does not count what it refused', async () => {
  const work = new InFlightWork();
  work.beginWork();
  const drained = work.drainWork();
  expect(() => work.beginWork()).toThrow(ShuttingDownError);
  work.endWork();
  expect(await isResolved(drained)).toBe(true);
});

it('resolves every waiting call', async () => {
  const work = new InFlightWork();
  work.beginWork();
  const both = Promise.all([work.drainWork(), work.drainWork()]);
  work.endWork();
  expect(await isResolved(both)).toBe(true);
});

it('resolves when one owner has no work in flight, whatever others have', async () => {
  const work = new InFlightWork();
  const [one, other] = [{}, {}];
  work.beginWork(0, one);
  work.beginWork(0, one);
  work.beginWork(0, other);
  const both = Promise.all([work.workOfOwnerEnded(one), work.workOfOwnerEnded(one)]);
  expect(await isResolved(work.workOfOwnerEnded({}))).toBe(true);
  work.endWork(0, one);
  expect(await isResolved(both)).toBe(false);
  work.endWork(0, one);
  expect(await isResolved(both)).toBe(true);
  expect(await isResolved(work.workOfOwnerEnded(other))).toBe(false);
});

describe('refuses work that does not fit the budget in addition to the work in flight', () => {
  it('by number and by bytes, and accepts again what fits when some work has ended', () => {
    const work = new InFlightWork(new WorkBudget(100, 10));
    work.beginWork(70);
    expect(() => work.beginWork(11)).toThrow(UnavailableError);
    work.beginWork(10);
    expect(() => work.beginWork()).toThrow(UnavailableError);
    work.endWork(10);
    work.beginWork();
    work.beginWork();
    expect(() => work.beginWork()).toThrow(UnavailableError);
  });

  it('and of one socket, once the budget is crowded, what exceeds its share', () => {
    const work = new InFlightWork(new WorkBudget(640, 1));
    const [one, other] = [{}, {}];
    const count = (owner: object | undefined): number => {
      for (let begun = 0; begun < 640; begun += 1) {
        try {
          work.beginWork(0, owner);
        } catch {
          return begun;
        }
      }
      return 640;
    };
    expect([count(one), count(other)]).toEqual([160, 20]);
    work.endWork(0, other);
    expect([count(one), count(other)]).toEqual([0, 1]);
    // Requests have no socket, and fill the rest.
    expect(count(undefined)).toBe(460);
  });

  it('and each gets a later Retry-After than the one before', () => {
    const work = new InFlightWork(new WorkBudget(10, 10));
    work.beginWork();
    const waits = [1, 2, 3].map(() => {
      try {
        work.beginWork();
        return 0;
      } catch (error) {
        return error instanceof UnavailableError ? (error.retryAfterMs ?? 0) : 0;
      }
    });
    expect(waits[0]).toBe(1_000);
    expect(waits[2]).toBeGreaterThan((waits[1] ?? Infinity) + 500);
  });

  it('and requests have return times of their own, not behind thousands of events', () => {
    const work = new InFlightWork(new WorkBudget(10, 10));
    const socket = {};
    work.beginWork(0, socket);
    const wait = (owner?: object): number => {
      try {
        work.beginWork(0, owner);
        return 0;
      } catch (error) {
        return error instanceof UnavailableError ? (error.retryAfterMs ?? 0) : 0;
      }
    };
    for (let event = 0; event < 1_000; event += 1) wait(socket);
    expect([wait(socket), wait()]).toEqual([30_000, 1_000]);
  });

  it('and neither counts it nor waits for it', async () => {
    const work = new InFlightWork(new WorkBudget(10, 10));
    const owner = {};
    work.beginWork(0, owner);
    expect(() => work.beginWork(0, owner)).toThrow(UnavailableError);
    const done = work.workOfOwnerEnded(owner);
    work.endWork(0, owner);
    expect(await isResolved(Promise.all([done, work.drainWork()]))).toBe(true);
  });
});

/** The number of pieces of work of this size that fit. */
function room(budget: WorkBudget, bytes: number): number {
  let count = 0;
  for (const _ of rounds(1_000_000)) {
    if (!budget.takeBytes(bytes)) break;
    count += 1;
  }
  return count;
}
const MIB = 1_048_576;

it.each([
  [224, 3_584, 1_194],
  [1_024, 16_384, 5_461],
  [4_192, 16_384, 5_461],
])(
  'of a heap of %i MiB work may fill an eighth: %i small pieces, or %i of the longest messages',
  (heap, small, large) => {
    expect([room(openBudget(heap * MIB), 0), room(openBudget(heap * MIB), 16_384)]).toEqual([small, large]);
  },
);

it.each([
  [224, 28_672],
  [4_192, 536_576],
])('and of one of %i MiB events that wait for their quota another eighth: %i of them', (heap, events) => {
  expect(room(heldBudget(heap * MIB), 0)).toBe(events);
});
