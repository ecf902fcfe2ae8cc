import { describe, expect, it } from 'vitest';
import { heardViolations } from './verify.js';

const causerie = { name: 'Causerie', ordered: true };
const baseline = { name: 'baseline', ordered: false };
const clean = { deliveries: 100, reordered: 0, doubled: 0, missing: 0 };

describe('heardViolations', () => {
  it('finds none where all is well', () => {
    expect(heardViolations(causerie, clean, 100)).toEqual([]);
  });

  it.each([
    { fault: { missing: 1 }, named: '1 deliveries are missing' },
    { fault: { doubled: 2 }, named: '2 deliveries came twice' },
    { fault: { deliveries: 99 }, named: '100 deliveries expected, 99 came' },
  ])('names $fault, of either server', ({ fault, named }) => {
    for (const server of [causerie, baseline]) {
      expect(heardViolations(server, { ...clean, ...fault }, 100)).toEqual([expect.stringContaining(named)]);
    }
  });

  it('forgives disorder only to the server that promises no order', () => {
    const swapped = { ...clean, reordered: 3 };
    expect(heardViolations(causerie, swapped, 100)).toEqual([expect.stringContaining('3 of 100')]);
    expect(heardViolations(baseline, swapped, 100)).toEqual([]);
  });
});
