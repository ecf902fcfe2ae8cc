import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

it('gives twice a second at once, then as many as the seconds bring', () => {
  const bucket = new TokenBucket(20, 0);
  for (let event = 0; event < 40; event += 1) expect(bucket.take(0)).toBe(0);
  expect(bucket.take(0)).toBe(50);
  expect(bucket.take(49)).toBe(1);
  expect(bucket.take(50)).toBe(0);
  expect(bucket.take(50)).toBe(50);
});

it('never holds more than the burst, however long no event came', () => {
  const bucket = new TokenBucket(1, 0);
  const allowed = [1, 2, 3, 4].map(() => bucket.take(1_000_000));
  expect(allowed).toEqual([0, 0, 1_000, 1_000]);
});

it('does not count what it refuses', () => {
  const bucket = new TokenBucket(1, 0);
  for (let event = 0; event < 100; event += 1) bucket.take(0);
  expect(bucket.take(1_000)).toBe(0);
});
