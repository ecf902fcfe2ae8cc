import { expect, it } from 'vitest';
import { ReturnTimes } from './return-times.js';

function takeReturnTimes(times: ReturnTimes, count: number, now = 0): number[] {
  return Array.from({ length: count }, () => times.nextReturnTime(now));
}

it('clients that are refused at once retry one after another, a full budget in 0.6 s', () => {
  const returns = takeReturnTimes(new ReturnTimes(600), 6_001);
  expect([returns[0], returns[1_500], returns[3_000], returns[6_000]]).toEqual([1_000, 2_500, 4_000, 7_000]);
});

it('no retry is later than in 30 s', () => {
  const returns = takeReturnTimes(new ReturnTimes(10), 1_000);
  expect(Math.max(...returns)).toBe(30_000);
});

it('retries that are over do not delay further ones', () => {
  const times = new ReturnTimes(10);
  takeReturnTimes(times, 100);
  expect(times.nextReturnTime(5_000)).toBe(2_000);
  expect(times.nextReturnTime(60_000)).toBe(1_000);
});
