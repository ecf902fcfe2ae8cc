import { LRUCache } from 'lru-cache';

type Options<Key extends string, Value extends object | boolean | number> = Pick<
  LRUCache.OptionsBase<Key, Value, unknown>,
  'allowStale' | 'dispose' | 'perf' | 'ttlResolution'
>;

/**
 * A cache of bounded size; above it the least recently used entry is evicted. Its memory grows with its entries: with
 * the library's `max` it would be allocated at once, which for caches that stay empty is a tenth of a small heap.
 * @param options options of the library; `dispose` is called with evicted and replaced entries
 */
export function boundedCache<Key extends string, Value extends object | boolean | number>(
  most: number,
  options: Options<Key, Value> = {},
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({ ...options, maxSize: most, sizeCalculation: () => 1 });
}
