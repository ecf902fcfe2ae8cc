import { expect, it } from 'vitest';
import { boundedCache } from './bounded-cache.js';

it('holds a bounded number of entries; the least recently used one is evicted, and passed to `dispose`', () => {
  const evicted: string[] = [];
  const cache = boundedCache<string, number>(3, { dispose: (_value, key) => void evicted.push(key) });
  for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index);
  cache.get('a');
  cache.set('d', 4);
  expect([...cache.keys()].toSorted()).toEqual(['a', 'c', 'd']);
  expect(evicted).toEqual(['b']);
});

it('takes no memory for entries that it does not have', () => {
  const before = process.memoryUsage();
  const caches = Array.from({ length: 100 }, () => boundedCache<string, number>(100_000));
  const after = process.memoryUsage();
  // Its lists for 100,000 entries take 2.4 MB each.
  expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(
    10_000_000,
  );
  expect(caches).toHaveLength(100);
});
