/** A median, and an interval that holds the true one with probability `coverage` or more. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** 0 to 1; at least 0.95 from six samples on. */
  readonly coverage: number;
}

const ERROR_EACH_SIDE = 0.025;

/**
 * The median and its distribution-free interval: from the k-th smallest to the k-th largest sample, with the
 * largest k that a binomial distribution with p = ½ allows. Conover, "Practical Nonparametric Statistics",
 * 3rd ed., section 3.2; Hahn and Meeker, "Statistical Intervals", section 5.2. It takes no shape for granted.
 * With fewer than six samples 95 % cannot be had: the interval is the whole range, `coverage` says what it is worth.
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

/** The largest k for which fewer than k of `count` samples fall below the median with probability ≤ 2.5 %; 1 at least. */
function lowerRank(count: number): number {
  let rank = 1;
  while (rank < count / 2 && binomialTail(count, rank) <= ERROR_EACH_SIDE) rank += 1;
  return rank;
}

/** P(at most `successes` of `trials` fair coins show heads). */
function binomialTail(trials: number, successes: number): number {
  let term = 0.5 ** trials;
  let sum = 0;
  for (let heads = 0; heads <= successes; heads += 1) {
    sum += term;
    term *= (trials - heads) / (heads + 1);
  }
  return sum;
}
