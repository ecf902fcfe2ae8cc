import type { Awaitable, KeyValueStorage, LogEntry } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { nothing } from './deferred.ts';

/**
 * A storage that is full, forbidden or broken must not stop the client: what it does not take is kept in memory. A synchronous one
 * stays synchronous.
 */
export function guardedStorage(
  storage: KeyValueStorage,
  log: (entry: LogEntry) => void,
): Required<KeyValueStorage> & { endAll(): void } {
  const ends = new Set<() => void>();
  const seen = new Map<string, string | null>();
  const unsaved = new Set<string>();
  let isLogged = false;
  const noteFault = (): void => {
    if (!isLogged) log({ level: 'warn', event: 'storage-failed' });
    isLogged = true;
  };
  function change(key: string, value: string | null, act: () => Awaitable<void>): Awaitable<void> {
    seen.set(key, value);
    unsaved.add(key);
    const note = (): void => {
      if (seen.get(key) === value) unsaved.delete(key);
    };
    return atOnce(act, note, noteFault);
  }
  return {
    get(key) {
      const known = (): string | null => seen.get(key) ?? null;
      if (unsaved.has(key)) return known();
      const note = (value: string | null): string | null => {
        if (!unsaved.has(key)) seen.set(key, value);
        return known();
      };
      return atOnce(
        () => storage.get(key),
        note,
        () => (noteFault(), known()),
      );
    },
    set: (key, value) => change(key, value, () => storage.set(key, value)),
    delete: (key) => change(key, null, () => storage.delete(key)),
    watch(onChange) {
      try {
        const end = storage.watch?.(onChange) ?? nothing;
        ends.add(end);
        return end;
      } catch {
        noteFault();
        return nothing;
      }
    },
    endAll: () => ends.forEach((end) => end()),
  };
}
