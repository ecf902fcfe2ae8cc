import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReadReceipts } from './read-receipts.js';

let emitted: { lastReadSeq: number; at: number }[];
let receipts: ReadReceipts;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  emitted = [];
  const start = performance.now();
  receipts = new ReadReceipts(({ lastReadSeq }) =>
    emitted.push({ lastReadSeq, at: performance.now() - start }),
  );
});
afterEach(() => void vi.useRealTimers());

const readTo = (lastReadSeq: number) =>
  receipts.emitReceipt({ kind: 'message_read', conversationId: 'c1', userId: 'u1', lastReadSeq });
const positions = () => emitted.map(({ lastReadSeq }) => lastReadSeq);

it('emits the furthest one at the end of the second, and nothing between', () => {
  for (const seq of [1, 2, 5, 3]) readTo(seq);
  vi.advanceTimersByTime(999);
  expect(positions()).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(positions()).toEqual([1, 5]);
});

it('never emits two within a second, however long they come', () => {
  for (let seq = 1; seq <= 100; seq += 1) {
    readTo(seq);
    vi.advanceTimersByTime(30);
  }
  expect(emitted.map(({ at }) => at)).toEqual([0, 1_000, 2_000, 3_000]);
});

it('evicts a second that has ended, and emits the next position at once', () => {
  readTo(1);
  readTo(2);
  expect(receipts.size).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(receipts.size).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(receipts.size).toBe(0);
  readTo(3);
  expect(positions()).toEqual([1, 2, 3]);
});

it('keeps nothing at the end', () => {
  readTo(1);
  readTo(2);
  receipts.cancelReceipts();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(positions()).toEqual([1]);
  expect(receipts.size).toBe(0);
});
