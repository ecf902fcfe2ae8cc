import { expect } from 'vitest';
import { SeesNoGap, TakesTheLast } from '../../support/folding/careless-folds.js';
import { MESSAGE_ACTIONS } from '../../support/folding/random-message-actions.js';
import { apiTest as it } from '../../support/api-test.js';
import { foldSeeds } from './fold-seeds.js';

const SEEDS = 1_000;
/** Several at the same time, each with accounts of its own. */
const LANES = 2;
const FIRST = Math.floor(Math.random() * 2 ** 31);
/** A time limit for hangs, also on a busy machine. */
const TIMEOUT_MS = 1_800_000;

it(
  `after changes of all kinds a client has what a fresh reader sees, with each of 1,000 seeds (from ${FIRST})`,
  { timeout: TIMEOUT_MS },
  async ({ server }) => {
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      foldSeeds(server, FIRST + (lane * SEEDS) / LANES, SEEDS / LANES),
    );
    const outcomes = await Promise.all(lanes);
    expect(outcomes.flatMap(({ counterexample }) => counterexample ?? [])).toEqual([]);
    const made = new Set(outcomes.flatMap(({ messageActions }) => [...messageActions]));
    expect([...made].toSorted()).toEqual(MESSAGE_ACTIONS.toSorted());
  },
);

it.for([
  ['takes what comes last', TakesTheLast],
  ['sees no gap', SeesNoGap],
] as const)(
  `a client that %s is found by one of 200 seeds (from ${FIRST})`,
  { timeout: TIMEOUT_MS },
  async ([, Fold], { server }) => {
    const { counterexample } = await foldSeeds(server, FIRST, 200, Fold);
    expect(counterexample).toBeDefined();
  },
);
