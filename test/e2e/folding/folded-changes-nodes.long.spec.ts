import { expect, it } from 'vitest';
import { foldChanges } from './fold-changes.js';

const SEED = Math.floor(Math.random() * 2 ** 32);
/** A minute on an idle machine. */
const TIMEOUT_MS = 600_000;

/** Without Redis no event reaches another node: only a client that connects again, or finds a gap, reads it. */
it.each([
  ['with Redis', true],
  ['without Redis', false],
] as const)(
  `on two nodes %s a client has what a fresh reader sees, after a thousand changes (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async (_, withRedis) => {
    const { differences, gaps } = await foldChanges(1_000, { nodes: 2, withRedis, seed: SEED });
    expect(differences).toEqual([]);
    expect(gaps).toBeGreaterThan(10);
  },
);
