import type { Estimate } from './median-interval.js';
import { quantile } from './quantile.js';

/** Standard deviations above which 2.5 % of a normal distribution lie. */
const Z = 1.96;

/**
 * A quantile with its distribution-free 95 % interval. The number of samples below the true quantile is binomial, and is
 * approximated by a normal distribution (Hahn and Meeker, "Statistical Intervals", section 5.2), which is accurate from
 * hundreds of samples on. Latencies of one burst are not independent, so that the interval may be too narrow.
 * @throws RangeError without samples
 */
export function quantileWithInterval(samples: ArrayLike<number>, q: number): Estimate {
  if (samples.length === 0) throw new RangeError('There is no quantile of no samples.');
  const sorted = Float64Array.from(samples).toSorted();
  const half = Z * Math.sqrt((q * (1 - q)) / sorted.length);
  return {
    median: quantile(sorted, q),
    low: quantile(sorted, Math.max(0, q - half)),
    high: quantile(sorted, Math.min(1, q + half)),
    coverage: 0.95,
  };
}
