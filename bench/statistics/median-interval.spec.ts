import { describe, expect, it } from 'vitest';
import { medianWithInterval } from './median-interval.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('medianWithInterval', () => {
  // Ranks from table A3 / section 3.2 of Conover: 16 samples give the 4th and the 13th, 20 the 6th and the 15th.
  it.each([
    { count: 6, low: 1, high: 6, coverage: 0.96875 },
    { count: 16, low: 4, high: 13, coverage: 0.97873 },
    { count: 20, low: 6, high: 15, coverage: 0.95861 },
  ])('takes the ranks of the binomial distribution for $count samples', ({ count, low, high, coverage }) => {
    const estimate = medianWithInterval(upTo(count));
    expect(estimate).toMatchObject({ low, high });
    expect(estimate.coverage).toBeCloseTo(coverage, 4);
  });

  it('finds the median of odd and even counts in any order', () => {
    expect(medianWithInterval([5, 1, 3]).median).toBe(3);
    expect(medianWithInterval([4, 1, 3, 2]).median).toBe(2.5);
  });

  it('admits that few samples do not reach 95 %', () => {
    expect(medianWithInterval([2, 1])).toEqual({ median: 1.5, low: 1, high: 2, coverage: 0.5 });
    expect(medianWithInterval([2])).toEqual({ median: 2, low: 2, high: 2, coverage: 0 });
  });

  it('refuses no samples', () => {
    expect(() => medianWithInterval([])).toThrow(RangeError);
  });

  it('covers the true median about as often as it says', () => {
    let state = 1;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const trials = Array.from({ length: 2_000 }, () =>
      medianWithInterval(Array.from({ length: 16 }, () => random() ** 2)),
    );
    const held = trials.filter(({ low, high }) => low <= 0.25 && high >= 0.25).length / trials.length;
    expect(held).toBeGreaterThan(0.96);
    expect(held).toBeLessThan(0.995);
  });
});
