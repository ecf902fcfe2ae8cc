import { describe, expect, it } from 'vitest';
import { percentiles, quantile } from './quantile.js';

describe('quantile', () => {
  it('is the nearest rank', () => {
    const sorted = [15, 20, 35, 40, 50];
    expect(quantile(sorted, 0.3)).toBe(20);
    expect(quantile(sorted, 0.4)).toBe(20);
    expect(quantile(sorted, 0.41)).toBe(35);
    expect(quantile(sorted, 1)).toBe(50);
    expect(quantile(sorted, 0)).toBe(15);
  });

  it('is not a number without samples', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('percentiles', () => {
  it('sorts by value, whatever the order of the samples', () => {
    const samples = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(percentiles(samples)).toEqual({ p50: 50, p95: 95, p99: 99, samples: 100 });
  });
});
