import { describe, expect, it } from 'vitest';
import { deliveryViolations } from './verify.js';

const causerie = { name: 'Causerie', ordered: true };
const baseline = { name: 'baseline', ordered: false };
const clean = { deliveries: 100, reordered: 0, doubled: 0, missing: 0 };

describe('deliveryViolations', () => {
  it('finds none when all deliveries are right', () => {
    expect(deliveryViolations(causerie, clean, 100)).toEqual([]);
  });

  it.each([
    { fault: { missing: 1 }, named: '1 deliveries are missing' },
    { fault: { doubled: 2 }, named: '2 deliveries are doubled' },
    { fault: { deliveries: 99 }, named: '100 deliveries expected, 99 received' },
  ])('names $fault, of either server', ({ fault, named }) => {
    for (const server of [causerie, baseline]) {
      expect(deliveryViolations(server, { ...clean, ...fault }, 100)).toEqual([
        expect.stringContaining(named),
      ]);
    }
  });

  it('allows disorder only at the server that promises no order', () => {
    const swapped = { ...clean, reordered: 3 };
    expect(deliveryViolations(causerie, swapped, 100)).toEqual([expect.stringContaining('3 of 100')]);
    expect(deliveryViolations(baseline, swapped, 100)).toEqual([]);
  });
});
