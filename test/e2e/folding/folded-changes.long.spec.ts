import { expect, it } from 'vitest';
import { foldChanges } from './fold-changes.js';

/** With `TEST_FOLDED_CHANGES=10000` ten thousand, which take three minutes. */
const CHANGES = Number(process.env['TEST_FOLDED_CHANGES'] ?? 4_000);
const SEED = Math.floor(Math.random() * 2 ** 32);
const TIMEOUT_MS = 1_800_000;

it(
  `a client has what a fresh reader sees, after ${CHANGES} changes (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async () => {
    const { differences, gaps } = await foldChanges(CHANGES, { nodes: 1, withRedis: false, seed: SEED });
    expect(differences).toEqual([]);
    expect(gaps).toBeGreaterThan(CHANGES / 100);
  },
);
