import { expect, it } from 'vitest';
import { PostMeter } from './post-meter.js';

const KIB_64 = 'x'.repeat(65_536);

/** The meter's result for each chunk. */
function measured(...chunks: string[]): boolean[] {
  const meter = new PostMeter();
  return chunks.map((chunk) => meter.measureChunk(chunk));
}

it('64 KiB count for each packet, not for the POST', () => {
  expect(measured(`${KIB_64}\u001e${KIB_64}\u001e`, KIB_64)).toEqual([true, true]);
  expect(measured(`${KIB_64}\u001e${KIB_64}x\u001e4`)).toEqual([false]);
});

it('a packet may come in pieces', () => {
  expect(measured('4', KIB_64.slice(1), '\u001e', KIB_64)).toEqual([true, true, true, true]);
  expect(measured('4', KIB_64)).toEqual([true, false]);
});

it('bytes count and not characters', () => {
  expect(measured('🦀'.repeat(16_384), 'x')).toEqual([true, false]);
});

it('a POST has 5,000 packets at most', () => {
  expect(measured('\u001e'.repeat(4_999), '\u001e')).toEqual([true, false]);
});
