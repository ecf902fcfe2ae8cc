import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { ReadReceipts } from './read-receipts.js';

let rooms: RoomEmitterFake;
let receipts: ReadReceipts;
let epoch: DatabaseEpochFake;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  rooms = new RoomEmitterFake();
  epoch = new DatabaseEpochFake();
  receipts = new ReadReceipts(rooms, epoch);
});
afterEach(() => void vi.useRealTimers());

const told = () => rooms.emitted.map(({ payload }) => (payload as { lastReadSeq: number }).lastReadSeq);

it('tells the room of the first position at once', () => {
  receipts.tell('c1', 'u1', 7);
  expect(rooms.emitted).toEqual([
    { room: 'c1', event: 'message_read', payload: { conversationId: 'c1', userId: 'u1', lastReadSeq: 7 } },
  ]);
});

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

it('never tells of a position further back', () => {
  receipts.tell('c1', 'u1', 5);
  receipts.tell('c1', 'u1', 4);
  vi.advanceTimersByTime(1_000);
  expect(told()).toEqual([5]);
});

it('in another epoch of the database every position is news, and none of before is told', () => {
  receipts.tell('c1', 'u1', 5);
  receipts.tell('c1', 'u1', 9);
  epoch.renew('epoch-2');
  receipts.tell('c1', 'u1', 3);
  vi.advanceTimersByTime(1_000);
  expect(told()).toEqual([5, 3]);
});

it('keeps members and conversations apart', () => {
  receipts.tell('c1', 'u1', 1);
  receipts.tell('c1', 'u2', 2);
  receipts.tell('c2', 'u1', 3);
  expect(rooms.emitted.map(({ room }) => room)).toEqual(['c1', 'c1', 'c2']);
  receipts.tell('c1', 'u2', 4);
  vi.advanceTimersByTime(1_000);
  expect(rooms.emitted.at(-1)?.payload).toEqual({ conversationId: 'c1', userId: 'u2', lastReadSeq: 4 });
  expect(rooms.emitted).toHaveLength(4);
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
