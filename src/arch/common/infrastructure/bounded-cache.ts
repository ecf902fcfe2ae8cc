import { LRUCache } from 'lru-cache';

type Options<Key extends string, Value extends object | boolean | number> = Pick<
  LRUCache.OptionsBase<Key, Value, unknown>,
  'allowStale' | 'dispose' | 'perf' | 'ttlResolution'
>;

/**
 * A cache of at most so many entries; beyond, the one goes that was used longest ago. Its memory grows with them: with
 * the library's `max` it would take all of it at once, which is a tenth of a small heap for caches that stay empty.
 * @param options those of the library; `dispose` is called with what goes or is replaced
 */
export function boundedCache<Key extends string, Value extends object | boolean | number>(
  most: number,
  options: Options<Key, Value> = {},
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({ ...options, maxSize: most, sizeCalculation: () => 1 });
}
