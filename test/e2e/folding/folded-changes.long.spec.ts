import { expect, it } from 'vitest';
import { foldChanges } from './fold-changes.js';

const SEED = Math.floor(Math.random() * 2 ** 32);
/** Three minutes on an idle machine. */
const TIMEOUT_MS = 1_800_000;

it(
  `a client has what a fresh reader sees, after ten thousand changes (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async () => {
    const { differences, gaps } = await foldChanges(10_000, { nodes: 1, withRedis: false, seed: SEED });
    expect(differences).toEqual([]);
    expect(gaps).toBeGreaterThan(100);
  },
);
