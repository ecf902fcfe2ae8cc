import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UnreadAnswers } from './unread-answers.js';

const LIMITS = { maxUnread: 1_000, unreadTimeout: 5_000, idleTimeout: 60_000 };
const LIMIT = LIMITS.maxUnread;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection whose system takes as many bytes as `read` says. */
function connection() {
  const handle = { bytesWritten: 0, writeQueueSize: 0 };
  const destroy = vi.fn<() => void>();
  const socket = { _handle: handle, writableLength: 0, destroy } as unknown as Socket;
  return {
    socket,
    isCut: () => destroy.mock.calls.length > 0,
    write(bytes: number) {
      handle.bytesWritten += bytes;
      handle.writeQueueSize += bytes;
    },
    read: (bytes: number) => (handle.writeQueueSize -= bytes),
  };
}

const ada = { key: 'user:ada', limit: LIMIT };
const bob = { key: 'user:bob', limit: LIMIT };
const home = { key: 'ceiling of home', limit: 10 * LIMIT };

/** Checks every second for a number of seconds. */
async function pass(
  unread: UnreadAnswers,
  milliseconds: number,
  each = () => undefined as void,
): Promise<void> {
  for (let second = 0; second < milliseconds / 1_000; second += 1) {
    each();
    unread.cutSlowReaders();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  unread.cutSlowReaders();
}

it('a client that leaves too much unread over all connections is cut on those without progress for 5 s', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const all = [connection(), connection(), connection()] as const;
  for (const each of all) {
    unread.countAnswer(each.socket, [ada], 400);
    each.write(400);
  }
  const other = connection();
  unread.countAnswer(other.socket, [bob], LIMIT);
  other.write(LIMIT);
  await pass(unread, 4_000, () => all[0].read(10));
  expect(all.map(({ isCut }) => isCut())).toEqual([false, false, false]);
  await pass(unread, 2_000, () => all[0].read(10));
  expect(all.map(({ isCut }) => isCut())).toEqual([false, true, true]);
  expect(other.isCut()).toBe(false);
});

it('a client that reads slowly but steadily stays, however much waits', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const slow = connection();
  unread.countAnswer(slow.socket, [ada], 100 * LIMIT);
  slow.write(100 * LIMIT);
  await pass(unread, 120_000, () => slow.read(1));
  expect(slow.isCut()).toBe(false);
});

it('a client that leaves little unread has the idle timeout of any connection, and no more', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const idle = connection();
  unread.countAnswer(idle.socket, [ada], 100);
  idle.write(100);
  await pass(unread, 59_000);
  expect(idle.isCut()).toBe(false);
  await pass(unread, 2_000);
  expect(idle.isCut()).toBe(true);
});

it('a connection whose answers have all been taken is watched no longer', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const one = connection();
  const taken = [unread.countAnswer(one.socket, [ada], 100), unread.countAnswer(one.socket, [ada], 100)];
  for (const each of taken) each();
  one.write(10);
  await pass(unread, LIMITS.idleTimeout + 1_000);
  expect(one.isCut()).toBe(false);
});

it('an answer behind one that is still being computed is not the client’s to read', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const waiting = connection();
  unread.countAnswer(waiting.socket, [ada], 2 * LIMIT);
  await pass(unread, 120_000);
  expect(waiting.isCut()).toBe(false);
});

it('users behind one address together are bounded too', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const all = Array.from({ length: 11 }, () => connection());
  for (const [n, each] of all.entries()) {
    unread.countAnswer(each.socket, [{ key: `user:${n}`, limit: LIMIT }, home], LIMIT);
    each.write(LIMIT);
  }
  await pass(unread, 6_000);
  expect(all.every(({ isCut }) => isCut())).toBe(true);
});

/** Requests permission to compute an answer; its outcome is appended to the array. */
function ask(unread: UnreadAnswers, outcomes: string[]): void {
  unread.answersTaken([ada]).then(
    () => outcomes.push('goes on'),
    (error) => outcomes.push(error.code),
  );
}

it('nothing more is computed for a client until it has taken enough, as long as it takes any', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const reading = connection();
  await unread.answersTaken([ada]);
  expect(unread.isCrowded).toBe(false);
  const left = [
    unread.countAnswer(reading.socket, [ada], LIMIT),
    unread.countAnswer(reading.socket, [ada], 1),
  ];
  reading.write(LIMIT + 1);
  expect(unread.isCrowded).toBe(true);
  await unread.answersTaken([bob]);
  const outcomes: string[] = [];
  ask(unread, outcomes);
  await pass(unread, 60_000, () => reading.read(1));
  expect(outcomes).toEqual([]);
  left[1]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(outcomes).toEqual(['goes on']);
  expect(unread.isCrowded).toBe(false);
});

it('a request behind answers that are not read gets RATE_LIMITED', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const stuck = connection();
  unread.countAnswer(stuck.socket, [ada], 2 * LIMIT);
  stuck.write(2 * LIMIT);
  const outcomes: string[] = [];
  ask(unread, outcomes);
  await pass(unread, 4_000);
  expect(outcomes).toEqual([]);
  await pass(unread, 3_000);
  expect(outcomes).toEqual(['RATE_LIMITED']);
});

it('an empty answer that leaves late takes nothing off what is unread since', async () => {
  const unread = new UnreadAnswers(LIMITS);
  const slow = connection();
  const empty = unread.countAnswer(slow.socket, [ada], 0);
  unread.countAnswer(slow.socket, [ada], 2 * LIMIT);
  slow.write(2 * LIMIT);
  empty();
  const outcomes: string[] = [];
  ask(unread, outcomes);
  await pass(unread, 7_000);
  expect(outcomes).toEqual(['RATE_LIMITED']);
});
