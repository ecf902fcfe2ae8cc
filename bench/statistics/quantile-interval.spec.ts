import { describe, expect, it } from 'vitest';
import { quantileWithInterval } from './quantile-interval.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('quantileWithInterval', () => {
  it('takes the ranks n·q ± 1.96·√(n·q·(1 − q))', () => {
    // 1000 · 0.5 ± 1.96 · 15.81
    expect(quantileWithInterval(upTo(1_000), 0.5)).toMatchObject({ median: 500, low: 470, high: 531 });
    // 10 000 · 0.99 ± 1.96 · 9.95
    expect(quantileWithInterval(upTo(10_000).toReversed(), 0.99)).toMatchObject({
      median: 9_900,
      low: 9_881,
      high: 9_920,
    });
  });

  it('stays within the samples', () => {
    expect(quantileWithInterval([7], 0.99)).toMatchObject({ median: 7, low: 7, high: 7 });
  });

  it('refuses no samples', () => {
    expect(() => quantileWithInterval([], 0.99)).toThrow(RangeError);
  });
});
