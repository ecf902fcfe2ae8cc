import { expect } from 'vitest';
import { apiTest as it } from '../../support/api-test.js';
import { SeesNoGap, TakesTheLast } from '../../support/folding/careless-folds.js';
import { foldSeeds, SEEDS_TIMEOUT_MS } from './fold-seeds.js';

/** One of some 40 finds it; the first one that does ends the test. */
const MOST_SEEDS = 1_000;
const FIRST = Math.floor(Math.random() * 2 ** 31);

it.for([
  ['takes what comes last', TakesTheLast],
  ['sees no gap', SeesNoGap],
] as const)(
  `a client that %s is found by one of ${MOST_SEEDS} seeds (from ${FIRST})`,
  { timeout: SEEDS_TIMEOUT_MS },
  async ([, Fold], { server }) => {
    const { counterexample } = await foldSeeds(server, FIRST, MOST_SEEDS, 1, Fold);
    expect(counterexample).toBeDefined();
  },
);
