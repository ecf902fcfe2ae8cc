/** A median, and an interval that contains the true median with probability `coverage` or more. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** A probability, 0 to 1. From six samples on it is at least 0.95. */
  readonly coverage: number;
}

const ERROR_EACH_SIDE = 0.025;

/**
 * The median and its distribution-free interval: from the k-th smallest to the k-th largest sample, with the
 * largest k that a binomial distribution with p = ½ allows. Conover, "Practical Nonparametric Statistics",
 * 3rd ed., section 3.2; Hahn and Meeker, "Statistical Intervals", section 5.2. No distribution is assumed.
 * Fewer than six samples cannot give 95 %: then the interval is the whole range, and `coverage` is its probability.
 * @throws RangeError without samples
 */
export function medianWithInterval(samples: readonly number[]): Estimate {
  const sorted = samples.toSorted((a, b) => a - b);
  const count = sorted.length;
  const rank = lowerRank(count);
  const low = sorted[rank - 1];
  const high = sorted[count - rank];
  const below = sorted[Math.ceil(count / 2) - 1];
  const above = sorted[Math.floor(count / 2)];
  if (low === undefined || high === undefined || below === undefined || above === undefined) {
    throw new RangeError('There is no median of no samples.');
  }
  return { median: (below + above) / 2, low, high, coverage: 1 - 2 * binomialTail(count, rank - 1) };
}

/** @returns the largest k for which fewer than k of `count` samples are below the median with p ≤ 2.5 %; at least 1 */
function lowerRank(count: number): number {
  let rank = 1;
  while (rank < count / 2 && binomialTail(count, rank) <= ERROR_EACH_SIDE) rank += 1;
  return rank;
}

/** @returns the probability that at most `successes` of `trials` fair coins show heads */
function binomialTail(trials: number, successes: number): number {
  let term = 0.5 ** trials;
  let sum = 0;
  for (let heads = 0; heads <= successes; heads += 1) {
    sum += term;
    term *= (trials - heads) / (heads + 1);
  }
  return sum;
}
