import { expect, it } from 'vitest';
import { foldChanges } from './fold-changes.js';

const SEED = Math.floor(Math.random() * 2 ** 32);
/** With `TEST_FOLDED_CHANGES=10000` ten thousand. */
const CHANGES = Number(process.env['TEST_FOLDED_CHANGES'] ?? 1_000);
/** A thousand take a minute on an idle machine. */
const TIMEOUT_MS = CHANGES * 600;

/** Without Redis no event reaches another node: only a client that connects again, or finds a gap, reads it. */
it.each([
  ['with Redis', true],
  ['without Redis', false],
] as const)(
  `on two nodes %s a client has what a fresh reader sees, after ${CHANGES} changes (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async (_, withRedis) => {
    const { differences, gaps } = await foldChanges(CHANGES, { nodes: 2, withRedis, seed: SEED });
    expect(differences).toEqual([]);
    expect(gaps).toBeGreaterThan(10);
  },
);
