import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SettledStates } from './settled-states.js';

const SECOND = 1_000;

let online: Set<string>;
let announced: string[];
let states: SettledStates;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  online = new Set();
  announced = [];
  const start = performance.now();
  states = settledStates((userId) => {
    announced.push(`${userId} ${states.isOnline(userId)} ${(performance.now() - start) / SECOND}`);
  });
});
afterEach(() => void vi.useRealTimers());

const settledStates = (announce: (userId: string) => void, max?: number) =>
  new SettledStates((userId) => online.has(userId), announce, max);

function set(userId: string, isOnline: boolean, isWatched = true): void {
  if (isOnline) online.add(userId);
  else online.delete(userId);
  states.stateChanged(userId, isWatched);
}

it('announces at once that a user has come, and after ten seconds that a user has gone', () => {
  set('ada', true);
  vi.advanceTimersByTime(20 * SECOND);
  set('ada', false);
  vi.advanceTimersByTime(9_999);
  expect([announced, states.isOnline('ada')]).toEqual([['ada true 0'], true]);
  vi.advanceTimersByTime(1);
  expect([announced, states.isOnline('ada')]).toEqual([['ada true 0', 'ada false 30'], false]);
});

it('a reconnection within ten seconds is no change', () => {
  online.add('ada');
  for (let times = 0; times < 5; times += 1) {
    set('ada', false);
    vi.advanceTimersByTime(9_900);
    expect(states.isOnline('ada')).toBe(true);
    set('ada', true);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(60 * SECOND);
  expect([announced, states.size, vi.getTimerCount()]).toEqual([[], 0, 0]);
});

it('announces of one user at most one change in ten seconds, the last one, however often it changes', () => {
  set('ada', true);
  vi.advanceTimersByTime(SECOND);
  set('ada', false);
  vi.advanceTimersByTime(8 * SECOND);
  set('ada', true);
  vi.advanceTimersByTime(500);
  set('ada', false);
  vi.advanceTimersByTime(60 * SECOND);
  set('ada', true);
  expect(announced).toEqual(['ada true 0', 'ada false 20', 'ada true 69.5']);
});

it('holds a return back until ten seconds have passed since the absence was announced', () => {
  online.add('ada');
  set('ada', false);
  vi.advanceTimersByTime(12 * SECOND);
  set('ada', true);
  expect([announced, states.isOnline('ada')]).toEqual([['ada false 10'], false]);
  vi.advanceTimersByTime(8 * SECOND);
  expect([announced, states.isOnline('ada')]).toEqual([['ada false 10', 'ada true 20'], true]);
});

it('keeps nothing of users whom nobody watches', () => {
  set('ada', true, false);
  expect([announced, states.size, states.isOnline('ada')]).toEqual([[], 0, true]);
  set('ada', false, false);
  expect([announced, states.size, states.isOnline('ada')]).toEqual([[], 0, false]);
});

it('takes one timer, whatever the number of users, and none afterwards', () => {
  for (let n = 0; n < 1_000; n += 1) set(String(n), true);
  expect([states.size, vi.getTimerCount()]).toEqual([1_000, 1]);
  vi.advanceTimersByTime(10 * SECOND);
  expect([states.size, vi.getTimerCount()]).toEqual([0, 0]);
  set('ada', true);
  states.stop();
  expect([states.size, vi.getTimerCount()]).toEqual([0, 0]);
});

it('lets the oldest window end early rather than keep more than it may, and loses no state', () => {
  const calls: string[] = [];
  states = settledStates((userId) => calls.push(`${userId} ${states.isOnline(userId)}`), 2);
  for (const userId of ['ada', 'bob']) set(userId, true);
  set('ada', false);
  set('eve', true);
  expect([calls, states.size]).toEqual([['ada true', 'bob true', 'ada false', 'eve true'], 2]);
});
