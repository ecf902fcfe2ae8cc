import type { Estimate } from './median-interval.js';
import { quantile } from './quantile.js';

/** Of a normal distribution, 2.5 % lie above this many standard deviations. */
const Z = 1.96;

/**
 * A quantile with its distribution-free 95 % interval: the number of samples below the true quantile is binomial,
 * which is taken as normal here. Hahn and Meeker, "Statistical Intervals", section 5.2. Good for hundreds of samples;
 * latencies of one burst are not independent, so the interval is rather too narrow than too wide.
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
