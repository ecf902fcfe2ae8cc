import { LRUCache } from 'lru-cache';

/**
 * A cache of at most so many entries; beyond, the one goes that was used longest ago. Its memory grows with them: with
 * the library's `max` it would take all of it at once, which is a tenth of a small heap for caches that stay empty.
 * @param dispose called with what goes or is replaced
 */
export function boundedCache<Key extends string, Value extends object | boolean | number>(
  most: number,
  dispose?: (value: Value, key: Key) => void,
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({
    maxSize: most,
    sizeCalculation: () => 1,
    ...(dispose ? { dispose } : {}),
  });
}
