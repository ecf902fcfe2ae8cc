import type { KeyValueStorage } from '../ports.ts';

/** Forgets when the page is reloaded. Clients that are given the same one behave like tabs. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  const watchers = new Set<(key: string) => void>();
  const tell = (key: string): void =>
    watchers.forEach((watcher) => queueMicrotask(() => watchers.has(watcher) && watcher(key)));
  return {
    get: (key) => values.get(key) ?? null,
    set(key, value) {
      values.set(key, value);
      tell(key);
    },
    delete(key) {
      values.delete(key);
      tell(key);
    },
    watch(onChange) {
      const watcher = (key: string): void => onChange(key);
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
