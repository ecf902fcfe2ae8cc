import { progress } from '../progress.js';
import { type Estimate, medianWithInterval } from '../statistics/median-interval.js';

/** The measurements of both servers in the same round. */
export interface Round<T> {
  readonly first: T;
  readonly second: T;
}

/**
 * Runs two functions in turn, A B, B A, A B …: the two of a round meet the same disk and the same noise, and neither
 * always runs first. The first round warms both up and is not counted.
 */
export async function runAlternately<T>(
  rounds: number,
  runFirst: () => Promise<T>,
  runSecond: () => Promise<T>,
  describe: (round: Round<T>) => string,
): Promise<Round<T>[]> {
  const measured: Round<T>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair =
      round % 2 === 0 ? await runInOrder(runFirst, runSecond) : await runSwapped(runFirst, runSecond);
    progress(`  ${round === 0 ? 'warm-up' : `${round}/${rounds}`}: ${describe(pair)}`);
    if (round > 0) measured.push(pair);
  }
  return measured;
}

async function runInOrder<T>(runFirst: () => Promise<T>, runSecond: () => Promise<T>): Promise<Round<T>> {
  const first = await runFirst();
  return { first, second: await runSecond() };
}

async function runSwapped<T>(runFirst: () => Promise<T>, runSecond: () => Promise<T>): Promise<Round<T>> {
  const second = await runSecond();
  return { first: await runFirst(), second };
}

/** @returns the median of the ratios, first to second, of all rounds */
export function ratioOf<T>(rounds: readonly Round<T>[], value: (measured: T) => number): Estimate {
  return medianWithInterval(rounds.map(({ first, second }) => value(first) / value(second)));
}
