import { expect } from 'vitest';
import { MESSAGE_ACTIONS } from '../../support/folding/random-message-actions.js';
import { apiTest as it } from '../../support/api-test.js';
import { foldLanes, SEEDS, SEEDS_TIMEOUT_MS } from './fold-seeds.js';

const FIRST = Math.floor(Math.random() * 2 ** 31);

/** The other half is a file of its own, with a server of its own: the two run at the same time. */
it(
  `after changes of all kinds a client has what a fresh reader sees, with each of ${SEEDS} seeds (from ${FIRST})`,
  { timeout: SEEDS_TIMEOUT_MS },
  async ({ server }) => {
    const { counterexamples, messageActions } = await foldLanes(server, FIRST);
    expect(counterexamples).toEqual([]);
    expect(messageActions).toEqual(expect.arrayContaining([...MESSAGE_ACTIONS]));
  },
);
