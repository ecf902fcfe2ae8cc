import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { ReadReceipts } from './read-receipts.js';

let rooms: RoomEmitterFake;
let receipts: ReadReceipts;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  rooms = new RoomEmitterFake();
  receipts = new ReadReceipts(rooms, new DatabaseEpochFake());
});
afterEach(() => void vi.useRealTimers());

const told = () => rooms.emitted.map(({ payload }) => (payload as { lastReadSeq: number }).lastReadSeq);

it('tells of the furthest one at the end of the second, and of nothing between', () => {
  for (const seq of [1, 2, 5, 3]) receipts.tell('c1', 'u1', seq);
  vi.advanceTimersByTime(999);
  expect(told()).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual([1, 5]);
});

it('never tells of two within a second, however long it goes on', () => {
  const at: number[] = [];
  const start = Date.now();
  rooms.emit = () => void at.push(Date.now() - start);
  for (let seq = 1; seq <= 100; seq += 1) {
    receipts.tell('c1', 'u1', seq);
    vi.advanceTimersByTime(30);
  }
  expect(at).toEqual([0, 1_000, 2_000, 3_000]);
});

it('forgets a second that is over, and tells of the next position at once', () => {
  receipts.tell('c1', 'u1', 1);
  receipts.tell('c1', 'u1', 2);
  expect(receipts.size).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(receipts.size).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(receipts.size).toBe(0);
  receipts.tell('c1', 'u1', 3);
  expect(told()).toEqual([1, 2, 3]);
});

it('lets go of everything at the end', () => {
  receipts.tell('c1', 'u1', 1);
  receipts.tell('c1', 'u1', 2);
  receipts.onApplicationShutdown();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(told()).toEqual([1]);
  expect(receipts.size).toBe(0);
});
