import { expect, it } from 'vitest';
import { FloodMeter } from './flood-meter.js';

const LIMIT = 20;

/**
 * The second in which the meter reports too much, for a number of packets in each second; undefined if none of two
 * minutes.
 */
function endOf(packetsIn: (second: number) => number): number | undefined {
  const meter = new FloodMeter();
  for (let second = 0; second < 120; second += 1) {
    const packets = packetsIn(second);
    for (let packet = 0; packet < packets; packet += 1) {
      if (meter.countPacket(1_000_000 + second * 1_000 + (packet * 1_000) / packets, LIMIT)) return second;
    }
  }
  return undefined;
}

it.each([
  ['the limit', 20, undefined],
  ['five times the limit', 100, undefined],
  ['ten times the limit', 200, 10],
  ['fifteen times the limit', 300, 5],
  ['a thousand times the limit', 20_000, 5],
])('%s ends a connection in due time or never', (_, packets, end) => {
  expect(endOf(() => packets)).toBe(end);
});

it('a burst of thousands is no flood, nor is one every few seconds', () => {
  expect(endOf((second) => (second === 0 ? 10_000 : 10))).toBeUndefined();
  expect(endOf((second) => (second % 4 === 0 ? 2_000 : 10))).toBeUndefined();
});

it('one that pauses every other second is', () => {
  expect(endOf((second) => (second % 2 === 0 ? 10_000 : 0))).toBeLessThan(25);
});
