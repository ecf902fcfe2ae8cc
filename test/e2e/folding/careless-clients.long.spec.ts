import { expect } from 'vitest';
import { apiTest as it } from '../../support/api-test.js';
import { SeesNoGap, TakesTheLast } from '../../support/folding/careless-folds.js';
import { foldSeeds, SEEDS_TIMEOUT_MS } from './fold-seeds.js';

const FIRST = Math.floor(Math.random() * 2 ** 31);

it.for([
  ['takes what comes last', TakesTheLast],
  ['sees no gap', SeesNoGap],
] as const)(
  `a client that %s is found by one of 200 seeds (from ${FIRST})`,
  { timeout: SEEDS_TIMEOUT_MS },
  async ([, Fold], { server }) => {
    const { counterexample } = await foldSeeds(server, FIRST, 200, 1, Fold);
    expect(counterexample).toBeDefined();
  },
);
